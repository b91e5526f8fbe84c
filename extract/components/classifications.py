"""Classes given to bodies ("xếp loại Tốt"), lists expanded to one record a body.

A class is told by a cue ("xếp loại", "đạt mức"), by brackets behind a count or a body ("05 đơn vị đạt từ 90% trở lên
(Tốt)"), or by the label of a list ("- Tốt: Sở A, Sở B"). It is given to the bodies of the list behind it (in its
sentence or in the items below), else to those of the list before it, else to the body named last.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from extract.components.class_bodies import bodies_before, bodies_behind, bodies_below, body_before
from extract.components.class_lists import NOUN
from extract.components.class_mentions import GROUPS, PLAINLY, WEAK, Mention, class_mentions
from extract.components.context import Context, Sentence
from extract.components.found import Found, Located
from extract.components.standing_bodies import Bodies, Part
from extract.components.standing_words import readable
from extract.records import Classification, Reading

_FAR = (
    r"phấn đấu|mục tiêu|chỉ tiêu|tiêu chí|nếu|quy định|để được|tiêu chuẩn|phải|không có|chưa có|không để|không được"
    r"|để đạt|từ \d[\d.,]* (?:điểm )?(?:đến|trở)|tỷ lệ|tỉ lệ|điều kiện|trường hợp|đề nghị|căn cứ|viên chức|công chức"
    r"|nào|đối tượng|học sinh|học viên|sinh viên|phạm nhân|cá nhân|đảng viên|người lao động|giáo viên|thì"
)
_NOT_GIVEN = re.compile(
    rf"(?:\b(?:{_FAR})\b[^.;]{{0,80}}|\b(?:số lượng|tổng số|kết quả|việc|về|đánh giá,)\b[^.;,:]{{0,24}})$",
    re.IGNORECASE,
)
_COMPARED = re.compile(r"(?:thấp hơn|cao hơn|dưới|trên|vượt|bằng|so với|theo)\s+$", re.IGNORECASE)
_BAND_BEHIND = re.compile(r"\s*(?:trở lên|trở xuống|:?\s*(?:từ|khi|nếu|dưới|trên)\s+\d|\(từ \d[^()]*\)\s*$|khi\b)")
_COUNTED = re.compile(
    rf"(?:(?<![\d/.,])(?:\d{{1,3}}/)?\d{{1,3}}(?:[.,]\d+)?\s?%?|các|những|nhiều|số|toàn bộ)\s+{NOUN}[^.;:()]{{0,60}}$",
    re.IGNORECASE,
)
_COUNTED_UNREAD = re.compile(r"(?<![\d/.,])(?<!tháng )(?<!quý )(?:0\d|[1-9]\d)\s[^\W\d_]{1,6}\s(?:được\s|bị\s)?$")
_SCORED = re.compile(r"(?:đạt|điểm|xếp|đánh giá|kết quả|loại)[^.;]{0,60}$", re.IGNORECASE)
_RATED = re.compile(
    r"xếp loại|chỉ số|vị thứ|(?:xếp|đứng) thứ|\d điểm|phân loại|đánh giá|xếp hạng|kết quả|chất lượng", re.IGNORECASE
)
_WHOM_WITHIN = 300  # characters before a class in which the body it is given to is looked for
_WHOM = re.compile(
    r"\b(?:tỉnh|thành phố|huyện|xã|phường|sở|bộ|cơ quan|đơn vị|địa phương|chỉ số"
    r"|đảng bộ|chi bộ|ban|cục|công ty|trường)\b"
    r"|\d điểm|\d%|/\d",
    re.IGNORECASE,
)
_PLACE_BEFORE = re.compile(r"(?:hạng|thứ|vị trí|vị thứ|xếp|đứng)\s+(?:thứ\s+|số\s+)?$", re.IGNORECASE)
_ABOVE = 6  # blocks before a list entry that may say what it lists


def find_classifications(reading: Reading, found: Found) -> tuple[Located[Classification], ...]:
    """The classes a letter gives, in reading order; a mere count ("13 đơn vị xếp loại tốt") gives none."""
    context = Context(reading, found)
    bodies = Bodies(context)
    given: list[Located[Classification]] = []
    for sentence in context.sentences():
        given += _of_sentence(sentence, readable(sentence.text), context, bodies)
    return tuple(given)


def _of_sentence(sentence: Sentence, text: str, context: Context, bodies: Bodies) -> Iterator[Located[Classification]]:
    rated = _speaks_of_rating(sentence.block.text) or _speaks_of_rating(_above(sentence, context))
    seen = class_mentions(text, rated=rated)
    floor = 0
    for index, mention in enumerate(seen):
        high = seen[index + 1].start if index + 1 < len(seen) else len(text)
        before = text[max(mention.start - 160, 0) : mention.start]
        start, end = sentence.start + mention.start, sentence.start + mention.end
        if not (mention.cue or mention.class_) or _BAND_BEHIND.match(text, mention.end):
            continue
        listed: tuple[str | None, ...] = bodies_behind(text, mention, before, high)
        listed = listed or bodies_below(sentence, text, mention, before, context)
        rule = "classifications.listed"
        if not listed and not _NOT_GIVEN.search(before):
            listed = bodies_before(text, mention, floor)
        if not listed and mention.cue and _is_given(mention, before) and _tells_whom(text, mention, sentence, bodies):
            listed, rule = bodies.all_of(sentence, mention.start, mention.end), "classifications.stated"
        elif not listed and not mention.cue and rated and (org := body_before(text, mention)):
            listed, rule = (org,), "classifications.stated"
        if listed:
            floor = mention.end
        period = context.period(sentence, start)
        proof = context.reading.proof(start, end, rule)
        for org in listed:
            yield Located(start, end, Classification(org, mention.class_, period, proof))


@lru_cache(maxsize=64)
def _speaks_of_rating(text: str) -> bool:
    """Asked for every sentence of a block: a long one is searched once."""
    return _RATED.search(text) is not None


def _above(sentence: Sentence, context: Context) -> str:
    """The text of the block a list entry stands under."""
    parent = sentence.block.parent
    if parent is not None:
        return context.reading.flow.blocks[parent].text
    at = context.position(sentence.block)
    return "\n".join(block.text[-200:] for block in context.reading.flow.blocks[max(at - _ABOVE, 0) : at])


def _is_given(mention: Mention, before: str) -> bool:
    if any(unsaid.search(before) for unsaid in (_COMPARED, _NOT_GIVEN, _COUNTED_UNREAD)):
        return False
    counted = _COUNTED.search(before)
    if counted is not None and not _PLACE_BEFORE.search(before, 0, counted.start()):
        return False
    return mention.cue not in WEAK or mention.class_ in GROUPS or bool(_SCORED.search(before))


def _tells_whom(text: str, mention: Mention, sentence: Sentence, bodies: Bodies) -> bool:
    """Whether the sentence, up to a class, speaks of a body, place or score: a rule about classes does not."""
    named = any(one.end <= mention.start and one.part is Part.SUBJECT for one in bodies.named(sentence))
    before = text[max(mention.start - _WHOM_WITHIN, 0) : mention.start]
    return named or (mention.cue != PLAINLY and bool(_WHOM.search(before)))
