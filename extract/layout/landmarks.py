"""What a line says it is: motto, number, place and date, title, office, Nơi nhận.

Lines are matched folded and with some tolerance, for the repair of a bad copy is never perfect.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from rapidfuzz import fuzz, process

from extract.layout.letters import pattern
from extract.wordlists import wordlist
from gazetteer import Kind, load_gazetteer
from normalize.syllables import fold, is_syllable

_SPECKS = " .,:;-–_|'`‘’\"“”ˆ~*°"  # in front of a landmark
_COUNTRY = " viet nam"  # names of many bodies end with it too
_LONGEST = 240  # characters of a line that can be a landmark

_NUMBER = re.compile(
    r"s[o06]{0,2}b?\W{0,3}\s{0,3}"
    r"(?:.{0,18}?[/⁄]\s{0,2}[a-z][a-z0-9]{0,11}\b|\d{1,6}[a-z]{2,10}[-–][a-z]{2,10}\b|\d{1,6}\s{0,2}[-–]\s{0,2}[a-z]{2,6}\s?/\s?[a-z]{2,}"
    r"|[.…_]{3,}|\d{1,6}\W{0,2}$)"
)
_DAY = re.compile(r"[,.;:]?\s{0,3}\b(ng[a-z]{1,3})(?=[^a-z])")
_DATE = re.compile(r"ng[a-z]{1,3}[^a-z].{0,24}?t?h[a-z]{2,3}.{0,16}?n[a-z]{1,2}\s{0,3}[\d.…_oilb]{0,6}.{0,3}$")
_BEHIND_SYMBOL = re.compile(r"\W{0,3}s[o06e]{0,2}\W{0,3}\d{1,6}\s?[/-]\s?[a-z][\w/&-]{1,24}[\s:.,_—–-]{1,6}")
_UNIT_WORDS = ("pho", "tran", "xa", "khu")
_SLASHED_DATE = re.compile(r",\s{0,3}ngay\s{1,3}\d{1,2}\s?/\s?\d{1,2}\s?/\s?\d{4}")
_PLACE_WORD = pattern(r"^(?:[A-ZÀ-Ỹ][\w’'.]*|-|–)$")
_AUTHORITY = re.compile(
    r"^(?:t\s?/?\s?m|k\s?/?\s?t|t\s?/?\s?l|t\s?/?\s?u\s?/?\s?q|q)\s?[.,:]\s{0,2}(?=[a-z])"
    r"|^[tk]\s?/\s?[mtl]\s{1,2}(?=[a-z])"
)
_MISREAD_KT = re.compile(r"K/?[a-z][.,]?")
_STAMP = re.compile(
    r"[\w.-]{1,60}@[\w.-]{3,60}|\+\s?0?7[:.]00|\b\d{1,2}[.:]\d{2}[.:]\d{2}\b"
    r"|^(?:nguoi ky|ky boi|thoi gian ky|ngay ky|co quan ky|email|noi ky|don vi ky)\s?:"
)
_ETH = str.maketrans("Ðð", "Đđ")
_NAME_WORD = r"(?:[A-ZĐ]['’‘])?[A-ZÀ-Ỹ][a-zà-ỹ]{0,6}"  # H'Bơ and K'Ré too
_NAME = pattern(rf"^(?:[YHK]|(?:[A-ZĐ]['’‘])?[A-ZÀ-Ỹ][a-zà-ỹ]{{1,6}})(?:\s{_NAME_WORD}\.?){{1,4}}$")
_RANK = r"(?:Đại|Thượng|Trung|Thiếu)\s(?:[Tt]ướng|[Tt]á|[Úú]y)"
_DEGREE = pattern(
    rf"(?:{_RANK}\s"
    r"|(?:ĐẠI|THƯỢNG|TRUNG|THIẾU)\s(?:TƯỚNG|TÁ|ÚY)\s"
    r"|(?:PGS|GS|TSKH|TS|ThS|Ths|Th\.S|BS|Bs|BSCK|BS\.?CK|CK|CN|KS|DS|LS|NGND|NGƯT|TTND|TTƯT|NSND|NSƯT)"
    r"(?:I{1,2}|1|2)?(?:[.,:]\s?|\s)){1,4}"
)
_NAME_BEHIND = pattern(r"(?<=[.;)])\s{1,80}((?:[A-ZÀ-Ỹ][a-zà-ỹ]{1,6}\s){1,4}[A-ZÀ-Ỹ][a-zà-ỹ]{1,6})$")
_UPPER_NAME = pattern(r"^(?:[A-ZÀ-Ỹ]{2,7}\s){1,4}[A-ZÀ-Ỹ]{2,7}$")


@cache
def genre() -> dict[str, tuple[str, ...]]:
    """The word lists of `data/genre.toml`."""
    return {key: tuple(value) for key, value in wordlist("extract.layout", "genre").items()}


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """`text` folded, letter for letter: offsets stay; the Icelandic eth engines read is our Đ."""
    text = text.translate(_ETH)
    folded = fold(text)
    if len(folded) == len(text):
        return folded
    return "".join(one if len(one := fold(letter)) == 1 else letter for letter in text)


def key(text: str) -> str:
    """The folded words of `text` with single blanks between them, for fuzzy comparison."""
    return " ".join(re.findall(r"[^\W_]+", plain(text[:_LONGEST])))


def is_upper(text: str) -> bool:
    """Whether most letters of a line are capitals, and there are at least two."""
    letters = [letter for letter in text if letter.isalpha()]
    return len(letters) >= 2 and sum(map(str.isupper, letters)) >= 0.8 * len(letters)


def is_upper_within(text: str) -> bool:
    """Whether a line is one in capitals but for scraps of up to three letters at its ends ("`. BỘ NỘI VỤ hồ")."""
    words = text.split()
    while words and _is_scrap(words[0]):
        words.pop(0)
    while words and _is_scrap(words[-1]):
        words.pop()
    return is_upper(" ".join(words))


def _is_scrap(word: str) -> bool:
    letters = [letter for letter in word if letter.isalpha()]
    return len(letters) <= 3 and not any(map(str.isupper, letters))


def is_motto(text: str) -> bool:
    """Whether the line is a line of the national or the party motto."""
    return len(text) <= 90 and _like_motto(key(text), 70)


def _like_motto(words: str, floor: float) -> bool:
    return any(
        abs(len(words) - len(motto)) <= 6
        and fuzz.ratio(words, motto) >= floor
        and fuzz.ratio(words.removesuffix(_COUNTRY), motto.removesuffix(_COUNTRY)) >= floor
        for motto in genre()["mottos"]
    )


def motto_at(text: str) -> int | None:
    """Where a motto begins in a line: 0 when it is the whole line, more when another column stands before it."""
    if len(text) > _LONGEST:
        return None
    if is_motto(text):
        return 0
    best, at = 0.0, None
    for match in re.finditer(r"(?<=\s)\S", text):
        tail = key(text[match.start() :])
        if 18 <= len(tail) <= 60:
            score = max(fuzz.ratio(tail, motto) for motto in genre()["mottos"])
            if score > best:
                best, at = score, match.start()
    return at if best >= 74 else None


def is_number(text: str) -> bool:
    """Whether the line is the number of the letter: "Số: 12/UBND-NC", "Số 05-CV/TU", "Số: /BC-VP"."""
    text = text.lstrip(_SPECKS)
    folded = re.sub(r"\s{2,}", " ", plain(text))
    return (
        (text[:1].isupper() or ":" in text[:5])
        and len(text) <= 48
        and _NUMBER.match(folded) is not None
        and " ngay " not in folded
    )


def date_at(text: str) -> int | None:
    """Where a date begins in a line that ends with it: "ngày 2 tháng 3 năm 2021"; None where it is the whole line."""
    if len(text) > _LONGEST:
        return None
    folded = plain(text)
    # the last word that can be "ngày": a place may begin like it (Nghệ An, Quảng Ngãi)
    days = [day for day in _DAY.finditer(folded) if _DATE.match(folded, day.start(1))]
    match = days[-1] if days else _SLASHED_DATE.search(folded)
    return match.start() if match is not None and text[: match.start()].strip() else None


def place_date_at(text: str) -> int | None:
    """Where "Quảng Nam, ngày 2 tháng 3 năm 2021" begins in a line that ends with it."""
    day = date_at(text)
    if day is None:
        return None
    at = day
    for word in reversed(list(re.finditer(r"\S+", text[:day]))[-6:]):
        name = word.group().rstrip(",").lstrip("'`‘’\"_.-") or word.group()
        if at < day and plain(name) in _UNIT_WORDS:  # Thành phố Hồ Chí Minh
            at = word.start()
            continue
        if not _PLACE_WORD.match(name) or (len(name) > 3 and is_upper(name)) or (name.isupper() and "." not in name):
            break
        at = word.start()
    if at < day:
        return at
    known = _misread_place_at(text[:day])
    if known is None and (symbol := _BEHIND_SYMBOL.match(plain(text))) and symbol.end() < day:
        return symbol.end()  # behind number and symbol a place stands, whatever was read for it
    return known


def _misread_place_at(text: str) -> int | None:
    """Where a province begins that ends a text, when some of its letters were read as capitals: "Hà NỘI,"."""
    words = list(re.finditer(r"\S+", text))[-3:]
    for word in words[:-1]:
        if word.group()[:1].isupper() and not word.group().isupper() and key(text[word.start() :]) in _provinces():
            return word.start()
    return None


@cache
def _provinces() -> frozenset[str]:
    return frozenset(key(entry.proper_name) for entry in load_gazetteer().entries(Kind.PROVINCE))


def is_place_date(text: str) -> bool:
    """Whether the whole line is place and date."""
    at = place_date_at(text)
    return at is not None and not any(map(str.isalnum, text[:at]))


def title_of(text: str) -> str | None:
    """The type of document (folded) a title line names; None for any other line."""
    if len(text) > 60 or not is_upper(text):
        return None
    words = key(text)
    found = process.extractOne(words, genre()["titles"], scorer=fuzz.ratio, score_cutoff=86)
    return found[0] if found else None


def is_subject(text: str) -> bool:
    """Whether the line begins with "V/v" or what a bad copy makes of it."""
    return re.match(r"\W{0,2}(?:v\s?[/il1|]\s?v\b|v\.v\b|ve viec\b)", plain(text)) is not None


def is_wording(text: str) -> bool:
    """Whether the line is words of a sentence: three syllables or more, few of them in capitals, and nothing else."""
    words = re.findall(r"[^\W\d_]+", text)
    read = sum(is_syllable(word) for word in words)
    return len(words) >= 3 and read >= 0.8 * len(words) and not is_upper(text) and ":" not in text


def recipients_at(text: str) -> int | None:
    """Offset behind "Kính gửi:" at the beginning of a line."""
    match = re.match(r"[\Wˆˊˋ]{0,3}([a-z]{3,5})\s{1,2}(g[a-z]{1,3})\s{0,2}[:;.,]?\s{0,3}", plain(text[:40]))
    if match is None or fuzz.ratio(f"{match[1]} {match[2]}", "kinh gui") < 74:
        return None
    if is_upper(text[: match.end()]) and match[1][0] != "k":  # TỈNH GIA LAI
        return None
    return match.end()


def copies_at(text: str) -> int | None:
    """Offset behind "Nơi nhận:" at the beginning of a line."""
    match = re.match(r"\W{0,3}(\S{1,4}?)\s{0,2}(n[a-z]{2,3})\s{0,2}([:;.,]{0,2})\s{0,3}", plain(text[:40]))
    if match is None or (match[3] == "" and match.end() < len(text)):
        return None
    if fuzz.ratio(f"{match[1]} {match[2]}", "noi nhan") >= 74:
        return match.end()
    damaged = match[2] == "nhan" and match[3] != "" and not is_syllable(text[match.start(1) : match.end(1)])
    return match.end() if damaged else None


def is_signature(text: str) -> bool:
    """Whether the line is an office that signs, with or without its authority: "KT. GIÁM ĐỐC"."""
    if len(text) > 90:
        return False
    if not is_upper(text):
        return _is_misread_office(text)
    folded = plain(text).lstrip(_SPECKS)
    if _AUTHORITY.match(folded):
        return True
    words = key(text)
    bare = re.sub(r"^(?:[a-z]{1,2} )+", "", words)  # specks in front of it
    return any(_is_office(words, office) or _is_office(bare, office) for office in genre()["offices"])


def _begins_with_office(text: str) -> bool:
    return any(f"{key(text)} ".startswith(f"{office} ") for office in genre()["offices"])


def _is_misread_office(text: str) -> bool:
    """Whether a line is an office, and no more, of which a word was read in small letters: "PHÓ cục TRƯỞNG"."""
    words = text.split()
    capitals = [word for word in words if word.isupper()]
    return len(words) > len(capitals) >= 2 and words[0].isupper() and key(text) in genre()["offices"]


def has_authority(text: str) -> bool:
    """Whether the line begins with the authority to sign: "TM.", "KT.", "TL.", "TUQ.", "Q."."""
    return len(text) <= 90 and is_upper(text) and _AUTHORITY.match(plain(text)) is not None


def _is_office(words: str, office: str) -> bool:
    return words.startswith(office + " ") or fuzz.ratio(words[: len(office) + 2], office) >= 88


def signature_at(text: str) -> int | None:
    """Where an office in capitals begins that ends a line of another column: "- Như trên; PHÓ GIÁM ĐỐC"."""
    if len(text) > _LONGEST:
        return None
    if is_signature(text):
        return None
    at, smalls = None, 0
    for match in reversed(list(re.finditer(r"\S+", text))):
        word, tail = match.group(), text[match.start() :]
        smalls += any(map(str.islower, word)) and not _MISREAD_KT.fullmatch(word)
        if match.start() == 0 or smalls > 1:  # one word of it may have been read in small letters
            break
        if is_signature(tail) if smalls == 0 or at is None else word.isupper() and _begins_with_office(tail):
            at = match.start()
    return at


def is_name(text: str) -> bool:
    """Whether the line looks like a person's name, with or without a rank or a degree before it."""
    text = text.strip(_SPECKS)
    text = text[degree_length(text) :]
    return bool(_NAME.match(text)) or bool(_UPPER_NAME.match(text))


def degree_length(text: str) -> int:
    """The length of the ranks and degrees a name begins with: "Đại tá", "PGS.TS.", "BSCKII."."""
    match = _DEGREE.match(text)
    return match.end() if match else 0


def is_file_copy(text: str) -> bool:
    """Whether the line is "Lưu: VT, …", the last entry of Nơi nhận."""
    return re.match(r"\W{0,4}(?:luu|lwu|luv|lu)\b\W{0,4}\s{0,2}-?(?:vt|v t|vp|van thu)\b", plain(text[:30])) is not None


def name_at(text: str) -> int | None:
    """Where a name begins that follows the closing mark of another column's line: "- Lưu: VT. Trần Văn A"."""
    if signed := re.search(r"(?<=\s)\([ĐđDd][ãa] k[ýíy]\)$", text[:_LONGEST]):
        return signed.start()
    mark = r"(?<=\s)" if is_file_copy(text) else r"(?<=,\s)"  # party letters close entries with commas
    surnames = "|".join(genre()["surnames"])
    behind = pattern(rf"{mark}(?:{_RANK}\s)?(?:{surnames})(?:\s[A-ZÀ-Ỹ][A-ZÀ-Ỹa-zà-ỹ]{{1,6}}){{1,3}}$").search(
        text[:_LONGEST]
    )
    if behind:
        return behind.start()
    match = _NAME_BEHIND.search(text[:_LONGEST])
    return match.start(1) if match else None


def is_mark(text: str) -> bool:
    """Whether the line is a mark of urgency, secrecy or a copy: HỎA TỐC, MẬT, SAO Y."""
    return len(text) <= 60 and re.sub(r"[\d ]{2,}", " ", f"{key(text)} ").strip() in genre()["marks"]


def is_stamp(text: str) -> bool:
    """Whether the line belongs to the stamp of an electronic signature."""
    return len(text) <= 90 and _STAMP.search(plain(text)) is not None


def is_opener(text: str) -> bool:
    """Whether the line begins as bodies of letters do."""
    words = key(text[:60])
    second = re.match(r"\W{0,3}\w+\s+(\S+)", text[:40])
    if second and text[:1].isupper() and not is_upper(text[:30]) and not is_syllable(second[1].strip(".,;:")):
        first = words.split(" ", 1)[0]  # "Căn d#đN": the second word cannot be read
        if len(text) > 40 and any(o.startswith(f"{first} ") for o in genre()["openers"]):
            return True
    return text[:1].isupper() and not is_upper(text[:30]) and any(words.startswith(o + " ") for o in genre()["openers"])


_ANNEX = re.compile(r"(?:phu luc|bieu mau|bieu so|danh sach|mau so|bieu)\b")
_ANNEX_NUMBER = re.compile(r"(?:phu luc|bieu mau|bieu so|mau so|bieu)\s?(?:so\s?)?[\divx]{0,4}[\w./-]{0,12}\W{0,3}$")


def is_annex(text: str) -> bool:
    """Whether the line is the title of an annex or of one of its forms."""
    if len(text) > 60:
        return False
    folded = plain(text)
    return bool(_ANNEX.match(folded)) and (is_upper(text) or bool(_ANNEX_NUMBER.match(folded)))
