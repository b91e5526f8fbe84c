"""Lines of a table cut into number, label, figures and remark, where nothing but their words is known."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from extract.components.figure_words import is_unit
from extract.components.sheets import VALUE
from extract.records import Block
from normalize.syllables import fold, is_syllable

NUMBER = re.compile(r"\W{0,2}(\d{1,3}(?:\.\d{1,2}){0,4}|[IVX]{1,4}|[A-HĐ])[.)_:ˆ^*°'/\]}\[{–-]{0,2}")
# "4}Nhân lực số", "2/Giáo dục": a rule of the table read as a bracket or a stroke between number and label
_TOKEN = re.compile(r"\||^\W{0,2}\d{1,2}[\[\]{})/](?=[^\W\d_])|[^\s|]+")
_CLASS = re.compile(
    r"(?:Xuất sắc|T[^\W\d_]t|Kh[aáàảãạâ]|Trung bình khá|Trung bình|Yếu|Kém|Đạt|Không đạt|Giỏi|Hoàn thành|Chưa đạt"
    r"|Có|Không)$",
    re.IGNORECASE,
)
_GRADES = {fold(name): name for name in ("Xuất sắc", "Khá", "Trung bình", "Yếu", "Kém")}
_GOOD = re.compile(r"[Tt][^\W\d_]t")
# A point, a comma or a plus misread: a cell all the same.
_TORN = re.compile(r"\d{1,3}[:;]\d{1,3}|[tŧ†]\d[\d.]{0,8},\d{1,4}")
_LONGEST_CLASS = 16  # characters, with a blank too many
_CLASS_WORDS = 3
_LONGEST_LOST = 3  # characters of a word between figures that was one itself
_LONGEST_JUNK = 4  # characters of a figure that was not read
_LONGEST_REMARK = 6  # words
_DIRT = "“”\"'‘’`°:;~*_^«»"  # at the edges of a figure
_EDGES = "[{"  # rules of the table before a figure
_BEHIND = "|]})"  # and behind it
_SPECKS = "[]{}=|.,;:~_*'`‘’“”\"^<>»«"  # before a label

Span = tuple[int, int]


@dataclass(slots=True)
class Line:
    """A row in the making: flow spans of its number, its label, its figures and the words behind them.

    `words` are the words behind the number. A figure is None where its cell could not be read.
    """

    number: Span | None
    label: list[Span]
    values: list[Span | None]
    remark: Span | None = None
    words: list[Span] = field(default_factory=list)


def cut_line(block: Block) -> Line:
    """A line cut into number, label and the figures at its end."""
    tokens = [_cleaned(block.text, *match.span()) for match in _TOKEN.finditer(block.text)]
    tokens = [(low, high) for low, high in tokens if low < high]
    text, origin = block.text, block.start
    number = None
    if tokens and (match := NUMBER.fullmatch(text[tokens[0][0] : tokens[0][1]])) and len(tokens) > 1:
        number = (origin + tokens[0][0], origin + tokens[0][0] + match.end())
        tokens = tokens[1:]
    words = _moved(tokens, origin)
    tokens, values = _cut_values(text, tokens)
    behind: list[Span] = []
    if not values and number is not None:
        tokens, values, behind = _cut_remark(text, tokens)
    return Line(
        number,
        _label(text, tokens, origin),
        list(_moved(values, origin)),
        remark=_moved(behind, origin)[0] if behind else None,
        words=words,
    )


def _label(text: str, tokens: Sequence[Span], origin: int) -> list[Span]:
    """The label from its first letter or digit on."""
    if not tokens:
        return []
    low, high = tokens[0][0], tokens[-1][1]
    while low < high and text[low] in _SPECKS:
        low += 1
    return [(origin + low, origin + high)] if low < high else []


def fitted(text: str, line: Line, width: int) -> Line:
    """A line that shows fewer figures than the table has, read as one of `width`.

    Words that are none between its figures are cells that were not read; words behind as many figures are a remark.
    """
    if len(line.values) >= width or not line.words:
        return line
    words, shown = _kinds(text, line.words)
    if width > 1 and (window := re.search(rf"w(f{{{width}}})w[wf]{{0,{_LONGEST_REMARK - 1}}}$", shown)):
        low, high = window.span(1)
        return Line(
            line.number, _label(text, words[:low], 0), list(words[low:high]), (words[high][0], words[-1][1]), words
        )
    first = next((value for value in line.values if value is not None), None)
    end = sum(first is None or word[0] < first[0] for word in words)
    begin = end - (width - len(line.values))
    if begin < 1 or shown[begin] == "w" or "w" in shown[begin:end] or shown[begin - 1] != "w":
        return line
    if not line.values and line.number is None:
        return line
    cells = [words[at] if shown[at] == "f" else None for at in range(begin, end)]
    return Line(line.number, _label(text, words[:begin], 0), [*cells, *line.values], None, words)


def _kinds(text: str, words: Sequence[Span]) -> tuple[list[Span], str]:
    """The words of a line, those of a class as one, and a letter for each: figure, junk or word."""
    spans: list[Span] = []
    shown = ""
    for at, (low, high) in enumerate(words):
        printed = text[low:high]
        between = 0 < at < len(words) - 1 and not any(is_figure(text[slice(*words[near])]) for near in (at - 1, at + 1))
        kind = "f" if is_figure(printed) and not (printed in "-–—" and between) else "j" if _is_junk(printed) else "w"
        if kind == "w" and len(printed) <= _LONGEST_LOST and at + 1 < len(words):
            beside = [text[slice(*words[near])] for near in (at - 1, at + 1) if near >= 0]
            kind = "j" if len(beside) == 2 and all(map(_is_printed_figure, beside)) else kind
        if kind == "w" and at == len(words) - 1 and spans:
            for back in (1, 0):
                begin = words[max(at - back, 0)][0]
                if back <= at and len(spans) > back and _CLASS.fullmatch(text[begin:high]) and shown[-1 - back] != "w":
                    spans, shown = spans[: len(spans) - back], shown[: len(shown) - back]
                    low, kind = begin, "f"
                    break
        spans.append((low, high))
        shown += kind
    return spans, shown


def with_remarks(text: str, lines: Sequence[Line]) -> list[Line]:
    """Lines whose figures stand before a last column of words, where most numbered lines are made so."""
    found = {at: read for at, line in enumerate(lines) if (read := _before_words(text, line)) is not None}
    numbered = sum(read.number is not None for read in found.values())
    plain = sum(bool(line.values) for line in lines)
    if numbered < 3 or len(found) <= plain:
        return list(lines)
    return [found.get(at, line) for at, line in enumerate(lines)]


def _before_words(text: str, line: Line) -> Line | None:
    if line.values:
        return None
    words, shown = _kinds(text, line.words)
    marks = shown.replace("j", "w")
    match = re.fullmatch(rf"(w.*w|w)(f+)(w{{1,{_LONGEST_REMARK}}})", marks)
    if match is None or not text[words[match.end(2)][0]].isupper():
        return None
    low, high = match.span(2)
    return Line(line.number, _label(text, words[:low], 0), list(words[low:high]), (words[high][0], words[-1][1]), words)


def without_hyphen(text: str, line: Line) -> Line:
    """A line of words alone that end in a hyphen, no empty cell: "Sở Lao động -", its rest on the next line."""
    if line.number is not None or len(line.values) != 1 or not line.label or (value := line.values[0]) is None:
        return line
    if text[slice(*value)] not in "-–—":
        return line
    return Line(None, [(line.label[0][0], value[1])], [], words=line.words)


def is_noise(text: str, line: Line, width: int) -> bool:
    """Whether a line is specks: without a number, with fewer figures than the rows have, and no word among them."""
    if line.number is not None or len(line.values) >= width:
        return False
    return not any(high - low > 2 and is_syllable(text[low:high].lower()) for low, high in line.words)


def is_figure(word: str) -> bool:
    """Whether a word is a figure of a cell, also one with a mark misread in it."""
    return VALUE.fullmatch(word) is not None or _TORN.fullmatch(word) is not None


def _is_printed_figure(word: str) -> bool:
    return is_figure(word) and any(map(str.isdigit, word))


def _is_junk(word: str) -> bool:
    """Whether a short word is what was read of a figure: nothing that Vietnamese writes, and no unit."""
    if len(word) > _LONGEST_JUNK or is_unit(word):
        return False
    return len(word) == 1 or not is_syllable(word.lower())


def grade_of(printed: str) -> str:
    """A class whose vowels or marks were misread, as it is written ("Kha" is "Khá"); anything else as it is."""
    if len(printed) > _LONGEST_CLASS:
        return printed
    return "Tốt" if _GOOD.fullmatch(printed) else _GRADES.get(fold(printed), printed)


def _cut_values(text: str, tokens: Sequence[Span]) -> tuple[list[Span], list[Span]]:
    """Label, and the figures and classes that close a line; a class is one only behind a figure."""
    end = len(tokens)
    values: list[Span] = []
    while end:
        low, high = tokens[end - 1]
        if is_figure(text[low:high]):
            values.append((low, high))
            end -= 1
            continue
        kind = _CLASS.search(text, max(high - _LONGEST_CLASS, tokens[0][0]), high)
        inside = [token for token in tokens[max(end - _CLASS_WORDS, 0) : end] if kind and token[0] >= kind.start()]
        before = end - len(inside)
        if not inside or not before or not is_figure(text[slice(*tokens[before - 1])]):
            break
        values.append((inside[0][0], inside[-1][1]))
        end = before
    return list(tokens[:end]), values[::-1]


def _cleaned(text: str, low: int, high: int) -> Span:
    """The span of a word without the dirt around a figure; an empty one for a bar or a speck."""
    word = text[low:high]
    if not word.strip(_DIRT + _EDGES + "|.,]}"):
        return low, low
    behind = "|" if "(" in word else f"{_BEHIND}-–—" if word[:1].isdigit() else _BEHIND
    bare = word.lstrip(_DIRT + _EDGES + "|").rstrip(_DIRT + behind)
    if bare and (bare == word or not is_figure(bare.rstrip(".,"))):
        return low, high
    start = low + len(word) - len(word.lstrip(_DIRT + _EDGES + "|"))
    return start, start + len(bare.rstrip(".,") or bare)


def _moved(spans: Sequence[Span], origin: int) -> list[Span]:
    return [(origin + low, origin + high) for low, high in spans]


def _cut_remark(text: str, tokens: list[Span]) -> tuple[list[Span], list[Span], list[Span]]:
    """Label, figures and the words behind them ("1 Tập huấn 530 310 840 Sở Nội vụ"); two figures in a row at least."""
    marks = [is_figure(text[low:high]) for low, high in tokens]
    for at in range(1, len(tokens) - 2):
        if marks[at] and marks[at + 1]:
            end = at
            while end < len(tokens) and marks[end]:
                end += 1
            if end < len(tokens):
                return tokens[:at], tokens[at:end], [(tokens[end][0], tokens[-1][1])]
    return tokens, [], []
