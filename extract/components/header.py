"""The formal parts of a letter (thể thức): number, type, issuer, place, date, subject, recipients, signature.

Each is read from the blocks the layout found for it. What is damaged is left out: a number with a letter in it is no
number, a day that cannot be read leaves the month.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from rapidfuzz import fuzz, process

from extract.components.issuer import issuer_of
from extract.components.signing import Signing, read_signing
from extract.components.stamps import day_of_stamp
from extract.components.symbols import crossed, restore, type_of_symbol
from extract.components.when import When, find_when, with_months
from extract.layout.by_hand import NUMBER_BY_HAND
from extract.layout.landmarks import place_date_at
from extract.layout.letters import pattern
from extract.records import Block, Header, HeaderRule, Precision, Proof, Reading, Role
from gazetteer import Kind, doc_types, load_gazetteer
from normalize.syllables import fold, is_syllable

_NUMBER = re.compile(r"^[\W_]{0,6}[Ss][^\s:.\d/]{0,2}(?:[06]{1,2}(?=[\s:.;,])|6?)\s{0,3}[:.;,]{0,2}\s{0,3}")
_PARTS = re.compile(r"(?P<number>.{0,20}?)\s?(?:/\s?(?P<year>(?:19|20)\d\d)\s?)?[/⁄]\s?(?P<symbol>[^\W\d_][^/]{1,40})$")
_PARTY = re.compile(
    r"(?P<number>[^\s/-]{0,8})\s?[-–]\s?(?P<symbol>[^\W\d_]{1,6}\s?/\s?[^\W\d_]{2,12}(?:-[^\W\d_]{1,8})?)(?![^\W_])"
)
_CROSSED = re.compile("ĐÐ|ÐĐ?")  # an eth, or the letter read twice
_UNSLASHED = re.compile(r"(?P<number>\d{1,5})(?P<symbol>[A-ZĐÐ]{2,10}[-–][A-ZĐÐ]{2,12})(?![\w/])")
_UNREAD = re.compile(r"[^\w\s.’'‘()–-]|\d[^\W\d]|[^\W\d]\d")  # signs no place has
_JUNK = " .…_'\"`’‘,:;-'"
_SUBJECT = pattern(
    r"^\W{0,2}(?:[Vv]\s?[/I|l1f]\s?[VvwW]|V\.v|V[vw]|V[iỉ]v|Vụ(?=\s[a-zà-ỹ])|[Vv]ề việc|VỀ VIỆC|Về v/v)\b[\s:.]{0,3}"
)
_BULLET = re.compile(r"^[\s\-–—−+•*~.:;,_'`‘’ˆ|]{1,6}")
_COMPOUND = (
    ("Thông báo", "kết luận"), ("Báo cáo", "tóm tắt"), ("Chương trình", "hành động"), ("Chương trình", "công tác"),
    ("Chương trình", "phối hợp"), ("Kế hoạch", "phối hợp"), ("Quy chế", "phối hợp"),
)  # fmt: skip
"""Titles that say more than the type they name."""
_OTHER_TYPES = (
    "Kết luận thanh tra",
    "Kết luận kiểm tra",
    "Quy trình",
    "Đề cương",
    "Thư mời",
    "Công bố",
    "Kiến nghị",
    "Kháng nghị",
)
"""Titles of letters that are none of the types of Nghị định 30/2020/NĐ-CP."""
_END = " ;.,:/-–"
_WHOLE_DAY = len("2024-01-31")
_EVEN = 0.5  # probability above which figures are more likely misread than not


def find_header(reading: Reading) -> Header:
    """The header of the letter; every field that cannot be told is None or empty."""
    blocks = _first_letterhead(reading)
    number, symbol, number_proof = _number(reading, blocks)
    doc_type, type_proof = _doc_type(reading, blocks, symbol)
    place, date, date_proof = _place_date(reading, blocks)
    if (
        blocks
        and (date is None or len(date) < _WHOLE_DAY)
        and (signed := day_of_stamp(reading, date, date_proof)) is not None
    ):
        date, date_proof = signed[0], (*date_proof, *signed[1])
    issuers = [block for block in blocks if block.role is Role.ISSUER]
    issuer, parent = issuer_of([block.text for block in issuers], place)
    subjects = [block for block in blocks if block.role is Role.SUBJECT]
    recipients = [block for block in blocks if block.role is Role.RECIPIENTS]
    ending = _first_ending(reading)
    copies = [block for block in ending if block.role is Role.COPIES]
    signing, signature = _signing([block for block in ending if block.role is Role.SIGNATURE])
    symbol = restore(symbol, doc_type, issuer) if symbol else None
    if symbol and signing.title:
        symbol = crossed(symbol, signing.title)
    if doc_type is None and (symbol or subjects or recipients):
        doc_type = "Công văn"
    return Header(
        number=number,
        symbol=symbol,
        doc_type=doc_type,
        issuer=issuer,
        parent_issuer=parent,
        place=place,
        date=date,
        subject=_subject(subjects),
        recipients=tuple(_entries(recipients)),
        copies=tuple(_entries(copies)),
        signer=signing.name,
        signer_title=signing.title,
        sign_authority=signing.authority,
        evidence=(
            *number_proof,
            *type_proof,
            *_proofs(reading, issuers, "header.issuer"),
            *date_proof,
            *_proofs(reading, subjects[:1], "header.subject"),
            *_proofs(reading, recipients, "header.recipients"),
            *_proofs(reading, copies, "header.copies"),
            *_proofs(reading, signature, "header.signature"),
        ),
    )


def _first_letterhead(reading: Reading) -> list[Block]:
    """The blocks down to the first paragraph: an annex may repeat the letterhead."""
    blocks: list[Block] = []
    for block in reading.flow.blocks:
        if block.role in (Role.PARAGRAPH, Role.ITEM, Role.COPIES, Role.SIGNATURE, Role.TABLE, Role.HEADING):
            break
        blocks.append(block)
    return blocks


def _number(reading: Reading, blocks: Sequence[Block]) -> tuple[str | None, str | None, Proof]:
    for block in blocks:
        if block.role is not Role.NUMBER:
            continue
        begin = _NUMBER.match(block.text)
        rest = re.sub(r"\s{2,}", " ", block.text[begin.end() if begin else 0 :])
        for shape in (_PARTY, _PARTS, _UNSLASHED):
            match = shape.match(rest)
            if match:
                low = begin.end() if begin else 0
                number = _digits(match)
                if shape is _UNSLASHED and number is not None and number.endswith("1"):
                    number = None  # the stroke itself may have been read as a figure
                if number is not None and _by_hand(reading, block, low, low + match.end("number")):
                    number = None
                stands = bool(match["number"].strip(_JUNK))
                return number, _symbol(match["symbol"]), _number_proof(reading, block, number, stands=stands)
        if digits := rest.strip(_JUNK):
            number = digits if digits.isdecimal() else None
            return number, None, _number_proof(reading, block, number, stands=True)
    return None, None, ()


def _number_proof(reading: Reading, block: Block, number: str | None, *, stands: bool) -> Proof:
    """Evidence of the number, by a rule that says so where it is not read, or was left blank."""
    rule = HeaderRule.NUMBER_NOT_READ if stands else HeaderRule.NUMBER_BLANK
    rule = rule if number is None else HeaderRule.NUMBER
    return reading.proof(block.start, block.start + len(block.text), rule)


def _by_hand(reading: Reading, block: Block, start: int, end: int) -> bool:
    """Whether figures in a block were written by hand and read with less than an even chance."""
    raw = reading.repaired.raw
    doubts = [
        doubt
        for doubt in reading.repaired.doubts
        if doubt.reason == NUMBER_BY_HAND
        and doubt.probability > _EVEN
        and raw[doubt.end : doubt.end + 1].isspace()  # what a machine prints is close to its symbol
    ]
    for low, high in reading.flow.to_text(block.start + start, block.start + end):
        raw_low, raw_high = reading.repaired.to_raw(low, high)
        if any(doubt.start < raw_high and raw_low < doubt.end for doubt in doubts):
            return True
    return False


def _digits(match: re.Match[str]) -> str | None:
    """The number as far as it is certain: all digits, with the year where one stands behind it."""
    number = match["number"].strip(_JUNK)
    year = match.groupdict().get("year")
    if not re.fullmatch(r"\d{1,6}", number):
        return None
    return f"{number}/{year}" if year else number


def _symbol(text: str) -> str | None:
    tidy = _CROSSED.sub("Đ", text.strip(_JUNK))
    tidy = re.sub(r"\s?([-–—/])\s?", lambda match: "/" if match[1] == "/" else "-", tidy)
    tidy = tidy.split(" ")[0].strip(_JUNK + "[]()")
    return tidy if sum(map(str.isalpha, tidy)) >= 2 else None


@cache
def _titles() -> dict[str, str]:
    names = {fold(kind.name): kind.name for kind in reversed(doc_types())}
    compound = {fold(f"{name} {more}"): name for name, more in _COMPOUND}
    return names | compound | {fold(name): name for name in _OTHER_TYPES}


def _doc_type(reading: Reading, blocks: Sequence[Block], symbol: str | None) -> tuple[str | None, Proof]:
    """The type the title names, else the one its symbol names."""
    for block in blocks:
        if block.role is not Role.TITLE:
            continue
        key = " ".join(re.findall(r"[^\W_]+", fold(block.text)))
        found = process.extractOne(key, list(_titles()), scorer=fuzz.ratio, score_cutoff=86)
        if found:
            proof = reading.proof(block.start, block.start + len(block.text), "header.title")
            return _titles()[found[0]], proof
    return (type_of_symbol(restore(symbol)) if symbol else None), ()


def _place_date(reading: Reading, blocks: Sequence[Block]) -> tuple[str | None, str | None, Proof]:
    for block in blocks:
        if block.role is Role.PLACE_DATE:
            when = _best(find_when(with_months(block.text)))
            place = block.text[place_date_at(block.text) or 0 :]  # scraps may stand before it
            head = re.split(r",|\s[Nn]g[àa]y\b|\.{3}", place, maxsplit=1)[0]
            whole = when is not None and when.precision is Precision.DAY
            rule = HeaderRule.PLACE_DATE if whole else HeaderRule.DAY_NOT_READ
            proof = reading.proof(block.start, block.start + len(block.text), rule)
            return _place(head), when.iso if when else None, proof
    if not blocks and reading.flow.blocks:
        return None, *_stated_date(reading, reading.flow.blocks[0])
    return None, None, ()


def _best(found: Iterable[When]) -> When | None:
    """The most exact date."""
    order = (Precision.DAY, Precision.MONTH, Precision.YEAR)
    usable = [when for when in found if not when.is_range and when.precision in order]
    return min(usable, key=lambda when: order.index(when.precision), default=None)


def _place(text: str) -> str | None:
    name = text.strip(_JUNK + "/()")
    if sum(map(str.isalpha, name)) < 2 or _UNREAD.search(name):
        return None
    known = load_gazetteer().resolve(name, kind=Kind.PROVINCE).chosen
    return known.proper_name if known is not None and fold(known.proper_name) == fold(name) else name


def _stated_date(reading: Reading, block: Block) -> tuple[str | None, Proof]:
    """The date of a text without letterhead that begins with one: "date 2024-08 …"."""
    for when in find_when(block.text[:40]):
        if when.rule == "iso":
            return when.iso, reading.proof(block.start + when.start, block.start + when.end, "header.stated_date")
    return None, ()


def _subject(subjects: Sequence[Block]) -> str | None:
    if not subjects:
        return None
    text = _SUBJECT.sub("", subjects[0].text.lstrip("-–—_~ "), count=1).strip().rstrip(_END)
    return text or None


def _entries(blocks: Sequence[Block]) -> list[str]:
    """The entries of a list without their bullets and closing marks; several on one line are parted."""
    entries: list[str] = []
    for block in blocks:
        for index, part in enumerate(re.split(r";\s", _BULLET.sub("", block.text))):
            if index and not _is_entry(part):
                if part[:1].islower() and entries and all(map(is_syllable, re.findall(r"[^\W\d_]+", part))):
                    entries[-1] = f"{entries[-1]}; {part.rstrip(_END)}"  # a comma that was read as a semicolon
                continue
            text = _BULLET.sub("", part).strip().rstrip(_END)
            if len(re.findall(r"[^\W\d_]", text)) >= 2 and not _is_speck(text, part):
                entries.append(text)
    return entries


def _is_entry(part: str) -> bool:
    """Whether what follows a semicolon on the same line is another entry, not a scrap of the signature's column."""
    text = _BULLET.sub("", part).strip()
    words = re.findall(r"[^\W\d_]{2,}", text)
    spelled = [word for word in words if is_syllable(word) or (word.isupper() and len(word) >= 3)]
    return text[:1].isupper() and len(words) >= 2 and len(spelled) == len(words) and any(map(str.islower, text))


def _is_speck(text: str, part: str) -> bool:
    """Whether what stands behind the closing mark of an entry is a stroke of the pen that was read as letters."""
    if not text[0].isalnum() and text[0] not in '(“"':
        return True
    return len(text) <= 6 and not part.lstrip().startswith(("-", "–", "+")) and not text[:1].isupper()


def _first_ending(reading: Reading) -> list[Block]:
    """The blocks of Nơi nhận and signature; those of a letter that is attached are left out."""
    blocks: list[Block] = []
    for block in reading.flow.blocks:
        if block.role in (Role.COPIES, Role.SIGNATURE):
            blocks.append(block)
        elif blocks and block.role not in (Role.NOISE, Role.PAGE_NUMBER):
            break
    return blocks


def _signing(blocks: Sequence[Block]) -> tuple[Signing, list[Block]]:
    signing = read_signing([block.text for block in blocks])
    return signing, [blocks[index] for index in signing.lines]


def _proofs(reading: Reading, blocks: Sequence[Block], rule: str) -> Proof:
    return tuple(entry for block in blocks for entry in reading.proof(block.start, block.start + len(block.text), rule))
