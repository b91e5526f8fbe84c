"""Names of indices and indicators (bộ chỉ số, chỉ số, tiêu chí) and the one a statement is about."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from extract.components.context import UPPER, Context, Index, Sentence
from extract.components.found import Located
from extract.components.models import link
from extract.components.standing_words import is_economy, listed
from extract.records import Role

LONGEST = 140  # characters of a name

ACRONYMS = "|".join(re.escape(name).replace("\\ ", "[ -]?") for name in listed("acronyms"))
"""Alternation of the indices known by letters alone."""

_HEAD = re.compile(
    r"\b(?:Bộ chỉ số|Nhóm chỉ số|Chỉ số thành phần|Chỉ số|Nhóm tiêu chí|Tiêu chí thành phần|Tiêu chí|Trụ cột"
    r"|Bảng tổng điểm|Chính quyền số|Kinh tế số|Xã hội số)\b"
    rf"|\b(?:{ACRONYMS})\b",
    re.IGNORECASE,
)
_STOP = re.compile(
    r"\s(?:Đến|Theo|Năm|Trong|Ngày|Tính|Qua|Để|Căn cứ|Thực hiện|Kết quả|Sau|Từ|Tại|Trên)\b|"
    r"[:;.()“”\"\n]|[¹²³⁰⁴-⁹]|\s[-–]\s|,?\s(?:đạt|là|được|có|đã|đang|gồm|năm|tháng|quý|tuần|của|do|với|đến|tính|theo"
    r"|tại|trên|trong|từ"
    r"|tăng|giảm|xếp|đứng|ở|thấp|cao|tiếp tục|tiếp theo|còn|chiếm|để|qua|cho|như|so|nhằm|giữ|thuộc|nằm|dẫn|vươn"
    r"|tỉnh|thành phố|huyện"
    rf"|toàn tỉnh|bình quân|cấp tỉnh|địa phương)\b|,\s(?=[{UPPER}])|\s(?=\d+(?:[.,]\d+|/)|20\d\d\b)|,\s(?=\d)",
)
_GENERIC = re.compile(
    r"(?:các |những )?(?:bộ chỉ số|chỉ số thành phần|chỉ số|nhóm chỉ số|tiêu chí(?: thành phần)?|trụ cột|nhóm tiêu chí)"
    r"(?: này| trên| nêu trên| sau| đánh giá| chính| thành phần)?",
    re.IGNORECASE,
)
_EVALUATED = re.compile(
    r"(?:đánh giá|chấm điểm|xếp hạng|xếp loại|phân loại|đo lường|khảo sát|công nhận)\s+"
    r"(?:về\s+|xếp hạng\s+|kết quả\s+)?"
    r"((?:chất lượng|mức độ|hiệu quả|năng lực|kết quả|công tác)\s[^;:.\n()\d]{5,110}?)"
    r"(?=\s+(?:(?:trong\s+)?(?:tháng|quý|năm|6|sáu|9|chín)\b|của\b|đối với|tại\b|trên\b|cho\b|các\b)|\s*$)",
    re.IGNORECASE,
)
_FIELD = re.compile(r"\b(?:cải cách hành chính|chuyển đổi số)\b", re.IGNORECASE)
_NEAR = 3  # paragraphs before one that may name the index it goes on about
_UNDER = 8  # blocks above a sentence among which its heading is looked for
_PART_OF = re.compile(r"\s(?:trong|thuộc|của)\s(?:Bộ\s)?")
_TITLE = re.compile(r"(?:phê duyệt|ban hành|quy định|về|triển khai|việc)\s+(?:kết quả\s+)?$")
_SHORT_FORM = re.compile(
    r"(?P<between>(?:\s[^.;:()\d]{0,70}?)?(?:\s?(?:năm\s)?20\d\d)?)\s?"
    r"[(–-]\s?(?:(?:sau đây|viết tắt|gọi tắt|tắt|là|Việt Nam|Viet Nam|Chỉ số|năm 20\d\d)\s)*"
    rf"(?P<short>{ACRONYMS})(?:\s(?:năm )?20\d\d)?\s?(?:\)|(?=\s(?:năm|đạt|của|là)\b))",
    re.IGNORECASE,
)
_SHORT_BESIDE = re.compile(rf"(?P<between>(?:\scấp\s\S{{2,5}}(?:\s\S{{2,6}})?|\stỉnh)?)\s(?P<short>{ACRONYMS})\b")
_BARE_SHORT = re.compile(rf"(?:Bộ )?(?:Chỉ số )?(?P<short>{ACRONYMS})", re.IGNORECASE)
_VERB = re.compile(r"\b(?:đạt|là|được|có|tăng|giảm|xếp|đứng|theo|gồm|chỉ số)\b", re.IGNORECASE)
_DANGLING = re.compile(r"\s(?:cấp|nội dung|của|và|tại|ở)$")
_QUOTED = re.compile(r"\s(?:nội dung |thành phần |lĩnh vực )?[“\"‘'’]([^“”\"‘’';:\d]{4,100})[”\"’']")
_RANKED_IN = re.compile(r"(?:\d|nhất|nhì|đầu|cuối|cuối cùng|cả nước|toàn quốc|toàn tỉnh|hạng)\s+về\s+$")
_LEAD = re.compile(
    r"^(?:Chỉ số thành phần|Chỉ số|Tiêu chí thành phần|Tiêu chí|Nhóm chỉ số|Nhóm tiêu chí|Trụ cột)\s+", re.IGNORECASE
)


def find_indicators(text: str, *, titles: bool = False) -> tuple[Located[str], ...]:
    """The named indices of a text with their places, left to right; a bare "chỉ số này" is none.

    Those in the titles of other documents ("phê duyệt Bộ chỉ số …") only with `titles`.
    """
    named: list[Located[str]] = []
    at = 0
    for match in _HEAD.finditer(text):
        if match.start() < at:
            continue
        quoted = _QUOTED.match(text, match.end())
        stop = quoted or _STOP.search(text, match.end(), min(match.end() + LONGEST, len(text)))
        end = quoted.end() if quoted else stop.start() if stop else min(match.end() + LONGEST, len(text))
        if stop is None and end < len(text):
            continue  # no end in sight: a sentence about indices, not a name
        told = f"{match.group()} {quoted[1]}" if quoted else text[match.start() : end]
        name = _DANGLING.sub("", " ".join(told.split()).rstrip(" ,"))
        if _GENERIC.fullmatch(name.split(",")[0]) or is_economy(name):
            continue
        if named and _PART_OF.fullmatch(text, named[-1].end, match.start()):
            continue  # "Chỉ số Tiếp cận đất đai trong PCI": the part is what the statement is about
        lead = text[max(match.start() - 24, 0) : match.start()]
        if not titles and _TITLE.search(lead) and not _RANKED_IN.search(lead):
            continue
        short = _SHORT_FORM.match(text, end) or _SHORT_BESIDE.match(text, end)
        if short and not _BARE_SHORT.search(name) and not _VERB.search(short["between"]):
            end, name = short.end(), f"{name} ({short['short']})"
        at = end
        named.append(Located(match.start(), end, name))
    return tuple(named)


def short_name(name: str) -> str:
    """The name of a component without its head word: "Chỉ số Hạ tầng số" is "Hạ tầng số".

    A head word in front of an acronym stays ("Chỉ số PCI").
    """
    bare = _LEAD.sub("", name)
    if bare == name or bare.isupper() or " " not in bare:
        return name
    return bare[0].upper() + bare[1:]


class Indicators:
    """The indicators a letter names, asked which of them a statement is about."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._own = _in_own_title(context)
        running = _called_as(self._own, _in_running_text(context))
        self._full = _full_names([*running, *_in_titles_of(context)])
        self._index = Index(_in_full(running, self._full))
        self._titled = _in_titles(context)
        self._evaluated = _in_evaluation(context)
        self._field = _in_field(context)

    def of(self, sentence: Sentence, start: int, low: int, *, listed: bool = False, below: bool = False) -> str | None:
        """The indicator of a statement at `start`.

        The last one named between `low` and it, else the last one named in the letter before it (for a footnote:
        before its call), never one that only stands in the title of a cited document. In a list of components
        (`listed`) the head word is left off. A statement about a body of the province (`below`) is about no index of
        provinces, and a component mentioned elsewhere in passing does not take the place of the letter's own index.
        """
        near = self._index.last(low, start)
        if near is not None:
            return self._named(near.record, below=below, listed=listed)
        anchor = self._context.anchor(sentence.block)
        known = self._index.last(0, start if anchor is None else anchor)
        own = self._own or self._evaluated
        if known is not None and own != known.record:
            if below and own is not None and is_national(known.record) and not is_national(own):
                return own
            if self._in_passing(known, sentence):
                return own or self._titled or self._field
        if known is not None:
            return self._named(known.record, below=below, listed=False)
        first = self._index.items[0].record if self._index.items else None
        if self._own is None and first is not None and not (self._evaluated and _is_component(first)):
            return first
        return own or self._titled or self._field

    def over(self, sentence: Sentence) -> tuple[str, ...]:
        """The indices a sentence may give values of: named in its paragraph, the heading over it or the title."""
        flow = self._context.reading.flow
        at = self._context.position(sentence.block)
        over = next((one for one in reversed(flow.blocks[max(at - _UNDER, 0) : at]) if one.role is Role.HEADING), None)
        named = [one.record for one in self._index.within(sentence.block.start, sentence.end)]
        parent = sentence.block.parent
        before = [block for block in flow.blocks[max(at - _NEAR, 0) : at] if block.role is Role.PARAGRAPH]
        for block in (*before, over, flow.blocks[parent] if parent is not None else None):
            named += [one.record for one in find_indicators(block.text)] if block is not None else []
        return (*named, self._own) if self._own is not None else tuple(named)

    def _named(self, name: str, *, below: bool, listed: bool) -> str:
        """The name of an index with its short form; a component in a list without its head word."""
        full = None if below else self._full.get(name.lower())
        if full is not None or not listed or not _is_component(name):
            return full or name
        return short_name(name)

    def _in_passing(self, known: Located[str], sentence: Sentence) -> bool:
        """Whether a component was named inside a sentence of a block that the statement does not stand under."""
        blocks = self._context.reading.flow.blocks
        block = next((one for one in reversed(blocks) if one.start <= known.start), None)
        if block is None or block is sentence.block or block.role is Role.HEADING or not _is_component(known.record):
            return False
        parent = sentence.block.parent
        under = parent is not None and blocks[parent] is block
        return not under and known.start > block.start + block.body + 3


def is_national(name: str) -> bool:
    """Whether an index ranks provinces and ministries, none of the bodies below them."""
    return any(re.search(rf"\b{re.escape(short)}\b", name, re.IGNORECASE) for short in listed("national"))


def _is_component(name: str) -> bool:
    """Whether an index is a part of one that a scoring model describes."""
    linked = link(name, None, None)
    return linked is not None and linked.indicator != linked.model


def _called_as(own: str | None, named: list[Located[str]]) -> list[Located[str]]:
    """The indices with the name of the title where running text goes on behind it ("Chỉ số A và nhiệm vụ …")."""
    if own is None or " " not in own:
        return named
    return [replace(one, record=own) if one.record.startswith(f"{own} và nhiệm vụ") else one for one in named]


def _full_names(named: Sequence[Located[str]]) -> dict[str, str]:
    """The names a letter gives with their short form ("Chỉ số … (PCI)"), by the short and by the long form."""
    full: dict[str, str] = {}
    for one in named:
        opened = one.record.rfind("(")
        if one.record.endswith(")") and (short := _BARE_SHORT.fullmatch(one.record[opened + 1 : -1])):
            full.setdefault(_key(short["short"]), one.record)
            full.setdefault(one.record[:opened].strip().lower(), one.record)
    return full


def _in_full(named: Sequence[Located[str]], full: Mapping[str, str]) -> list[Located[str]]:
    """The indices, those called by their short form ("PCI") with the name the letter gives it ("Chỉ số … (PCI)")."""
    told = []
    for one in named:
        bare = _BARE_SHORT.fullmatch(one.record)
        told.append(replace(one, record=full.get(_key(bare["short"]), one.record)) if bare else one)
    return told


def _in_titles_of(context: Context) -> list[Located[str]]:
    """The indices that the letter's own title and subject name."""
    return [
        item
        for block in context.reading.flow.of(Role.SUBJECT, Role.TITLE)
        for item in find_indicators(block.text, titles=True)
    ]


def _key(short: str) -> str:
    return re.sub(r"[\s-]", "", short).upper()


def _in_field(context: Context) -> str | None:
    """The field of work a plan or report is about, that the points of its bodies are given for."""
    for block in context.reading.flow.of(Role.SUBJECT, Role.TITLE):
        if match := _FIELD.search(" ".join(block.text.split())):
            return match.group()
    return None


def _in_evaluation(context: Context) -> str | None:
    """What the letter's own title says was evaluated ("kết quả đánh giá chất lượng phục vụ người dân tháng 9")."""
    for block in context.reading.flow.of(Role.SUBJECT, Role.TITLE):
        if match := _EVALUATED.search(" ".join(block.text.split())):
            return match.group(1)
    return None


def _in_running_text(context: Context) -> list[Located[str]]:
    named = []
    for sentence in context.sentences():
        named += [
            Located(sentence.start + item.start, sentence.start + item.end, item.record)
            for item in find_indicators(sentence.text)
        ]
    return named


def _in_own_title(context: Context) -> str | None:
    """The index the letter's own title or subject names."""
    for block in context.reading.flow.of(Role.SUBJECT, Role.TITLE):
        if named := find_indicators(block.text, titles=True):
            return named[0].record
    return None


def _in_titles(context: Context) -> str | None:
    """The index the letter's own title names, else one that only stands in the title of a cited document."""
    if own := _in_own_title(context):
        return own
    for block in context.reading.flow.of(Role.PARAGRAPH, Role.ITEM):
        if named := find_indicators(block.text, titles=True):
            return named[0].record
    return None
