"""Classes as a sentence prints them: by a cue ("xếp loại"), in brackets, as the label of a list, by a letter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from extract.components.class_lists import NOUN
from extract.wordlists import wordlist
from normalize.syllables import fold

_CUE = (
    r"(?:x[eéẹêếềệ]p lo[aạ]i(?: chất lượng| thi đua| mức)?|đạt loại|phân loại|xếp (?:ở )?mức(?: độ)?"
    r"|đạt (?:ở )?mức(?: độ| điểm)?|xếp hạng|ở mức|thuộc nhóm|vào nhóm|xếp nhóm"
    r"|(?:được )?(?:đánh giá|công nhận)(?: là| ở mức| mức| đạt| xếp loại)?|thuộc loại|loại|mức|nhóm)"
)
WEAK = frozenset({
    "loại", "mức", "ở mức", "phân loại", "thuộc nhóm", "vào nhóm", "nhóm", "thuộc loại", "được đánh giá",
    "được đánh giá là", "đánh giá", "đánh giá là", "xếp hạng",
})  # fmt: skip
_COUNT_BEHIND = re.compile(rf"\s*\(?\s*\d{{1,4}}\s+({NOUN})", re.IGNORECASE)
_LABEL = re.compile(r"(?:^|[;.:,]\s+|[-+*•]\s*)(?:(?:Loại|Mức|Xếp loại|Nhóm)\s+)?$", re.IGNORECASE)
_GROUP = re.compile(
    r"\b(?:thuộc|xếp|nằm|đứng|vào|ở|đạt)\s+(?:loại\s+|mức\s+)?(?:vào\s+|trong\s+|ở\s+)?"
    r"(?:(?:các\s)?(?:tỉnh|địa phương|bộ|đơn vị|sở)[^.;:()\d]{0,30}?\s)?"
    r"[Nn]hóm\s+([“\"]?(?:[A-E]|I{1,3}|IV)[”\"]?)(?![\w/-]|\.\w)"
)
_OTHER_GROUPS = re.compile(
    r"\b(?:bệnh|dịch|dự án|công trình|thuốc|chất|sản phẩm|hàng|đối tượng|hộ|đất|chuẩn|máu|quyền)\b[^.;:]{0,40}$",
    re.IGNORECASE,
)
_GROUP_LABEL = re.compile(  # "2. Nhóm B (từ 80%) có 05 cơ quan: …", "- Loại A: …"
    r"(?:^|[;.:]\s+|[-+*•]\s*)(?P<group>(?P<kind>[Nn]hóm|[Ll]oại|Xếp loại)\s[“\"]?(?P<letter>[A-E])[”\"]?)"
    r"(?=\s?[(:]|\s)(?=[^.;:]{0,120}:\s)"
)
_LETTER = re.compile(r"\b[Xx]ếp (?:loại|hạng)\s+[“\"]?([A-D])[”\"]?(?![\w/-]|\.\w)")
_LISTED_BEHIND = re.compile(r"\s*(?:\((?=\D)|(?:\([^()]{1,60}\)\s*)?(?::|,?\s*(?:gồm|bao gồm|là)\b))")
_COUNT_RIGHT_BEFORE = re.compile(rf"\d{{1,4}}\s+{NOUN}\s+(?:được\s+|xếp\s+|đã\s+){{0,2}}$", re.IGNORECASE)
GROUPS = frozenset({"Trung bình - Cao", "Trung bình - Thấp", "Cao nhất", "Thấp nhất"})
_ENDS = frozenset({"Cao nhất", "Thấp nhất"})  # a class only where written so, behind "nhóm"
PLAINLY = "hoàn thành"
"""The cue of a class of quality that is only said as a verb."""
_CLAUSE_ENDS = re.compile(r"\s*(?:[;.]|$)")
_TIED = re.compile(r"(?:\s[-–]|:)\s*$")
_QUOTES = '“”"'


@dataclass(frozen=True, slots=True)
class Mention:
    """A class at `start`..`end` of a sentence; `cue` is what tells it, "" for brackets and labels."""

    start: int
    end: int
    cue: str
    class_: str


def class_mentions(text: str, *, rated: bool) -> list[Mention]:
    """The classes of a sentence, left to right."""
    seen = [Mention(m.start(), m.end(), m["cue"].lower(), _canonical(m["class"])) for m in _cued().finditer(text)]
    seen = [
        item for item in seen if item.class_ not in _ENDS or (item.cue.endswith("nhóm") and _is_capital(text, item))
    ]
    if rated:
        seen += _groups(text)
    seen += [Mention(*m.span("group"), "", _lettered(m)) for m in _GROUP_LABEL.finditer(text)]
    seen += [Mention(m.start(), m.end(), "xếp loại", m[1]) for m in _LETTER.finditer(text)]
    taken = bytearray(len(text))
    for item in seen:
        taken[item.start : item.end] = b"\1" * (item.end - item.start)
    for match in _bare().finditer(text):
        if any(taken[match.start() : match.end()]):
            continue
        behind = text[match.end() : match.end() + 60]
        bracket = text[match.start() - 1 : match.start()] == "(" and behind.startswith(")")
        label = match["class"][0].isupper() and _LABEL.search(text, max(match.start() - 12, 0), match.start())
        labelled = label and re.match(rf"\s*(?:\([^()]{{1,50}}\)\s*)?:|\s*\(?\d{{1,3}}\s+{NOUN}", behind)
        tied = (
            rated
            and match["class"][0].isupper()
            and _TIED.search(text, max(match.start() - 4, 0), match.start())
            and re.match(r"\s*(?:[;,.]|$)", behind)
        )
        sure = rated or match["class"].lower().endswith("nhiệm vụ") or _COUNT_BEHIND.match(behind.lstrip(" :"))
        if bracket or tied or (labelled and sure) or _is_counted_list(text, match):
            shift = 1 if bracket else 0
            taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())
            seen.append(Mention(match.start() - shift, match.end() + shift, "", _canonical(match["class"])))
    if any(item.class_.lower().endswith("nhiệm vụ") for item in seen):
        seen += _said_plainly(text, taken)
    return sorted(seen, key=lambda item: item.start)


def _said_plainly(text: str, taken: bytearray) -> Iterator[Mention]:
    """Classes of quality said as verbs beside others with their lists: "…; xã A hoàn thành nhiệm vụ."."""
    for match in _bare().finditer(text):
        said = match["class"].lower().endswith("nhiệm vụ") and _CLAUSE_ENDS.match(text, match.end())
        if said and not any(taken[match.start() : match.end()]):
            yield Mention(match.start(), match.end(), PLAINLY, _canonical(match["class"]))


def _lettered(match: re.Match[str]) -> str:
    return f"Nhóm {match['letter']}" if match["kind"].lower() == "nhóm" else match["letter"]


def _is_counted_list(text: str, match: re.Match[str]) -> bool:
    """Whether a class of quality is told of a count whose list follows ("04 địa phương hoàn thành tốt nhiệm vụ: …")."""
    if not match["class"].lower().endswith("nhiệm vụ") or not _LISTED_BEHIND.match(text, match.end()):
        return False
    return bool(_COUNT_RIGHT_BEFORE.search(text, max(match.start() - 60, 0), match.start()))


def _is_capital(text: str, item: Mention) -> bool:
    """Whether a class is written with a capital behind its cue."""
    return text[item.start + len(item.cue) : item.end].strip(f" :{_QUOTES}")[:1].isupper()


def _groups(text: str) -> list[Mention]:
    """Groups with a letter or number that bodies are put into ("thuộc nhóm B"); diseases and projects have others."""
    return [
        Mention(match.start(), match.end(), "xếp nhóm", f"Nhóm {match[1].strip(_QUOTES)}")
        for match in _GROUP.finditer(text)
        if not _OTHER_GROUPS.search(text, max(match.start() - 60, 0), match.start())
    ]


def _canonical(printed: str) -> str:
    plain = " ".join(re.sub(r"\s?[-–]\s?", " - ", printed.lower()).split())
    if plain.isascii():
        plain = next((name for name in _classes()[1] if _bare_of(name) == plain), plain)
    return next((name for name in _classes()[0] if name.lower() == plain), plain[0].upper() + plain[1:])


def _bare_of(name: str) -> str:
    return " ".join(fold(word) for word in name.split())


@cache
def _cued() -> re.Pattern[str]:
    mark = r"[“”\"'‘’`]?"  # quotes, and specks that look like them
    moved = rf"(?:từ\s(?:loại\s|mức\s)?{mark}(?:{_names()}){mark}\s(?:lên|xuống|sang)\s(?:loại\s|mức\s)?)?"
    return re.compile(
        rf"\b(?P<cue>{_CUE})\s?:?\s?{moved}{mark}(?P<class>{_names()}|{_names(bare=True)})\b(?! nghiệp){mark}",
        re.IGNORECASE,
    )


@cache
def _bare() -> re.Pattern[str]:
    return re.compile(rf"\b(?P<class>{_names()})\b", re.IGNORECASE)


def _names(*, bare: bool = False) -> str:
    """The classes as one alternation, `bare` of the marks that reading may have lost."""
    names = (name.split() for name in _classes()[1])
    told = "|".join(r"\s".join(re.escape(fold(word) if bare else word) for word in words) for words in names)
    return told.replace(r"\s\-\s", r"\s?[-–]\s?")


@cache
def _classes() -> tuple[tuple[str, ...], tuple[str, ...]]:
    data = wordlist("extract.components", "classes")
    return tuple(data["canonical"]), tuple(data["known"])
