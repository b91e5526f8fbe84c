"""Numbers are written out here by a writer that knows nothing of how they are read."""

import unicodedata
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from extract.checks.figures.spelled import read_fraction, read_spelled
from extract.checks.repeats.in_words import check_in_words

DIGITS = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]
PROFILE = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)


class Writer:
    """Writes numbers out in one of the ways they are written in the north and the south, in full or as spoken."""

    def __init__(self, thousand, odd, four, five, billion, comma, short):
        self.thousand, self.odd, self.four, self.five = thousand, odd, four, five
        self.billion, self.comma, self.short = billion, comma, short

    def below_hundred(self, number):
        tens, ones = divmod(number, 10)
        if not tens:
            return DIGITS[ones]
        last = {1: "mốt", 4: self.four, 5: self.five}.get(ones, DIGITS[ones]) if tens > 1 else DIGITS[ones]
        last = "lăm" if ones == 5 and tens == 1 else last
        if tens == 1:
            return f"mười {last}" if ones else "mười"
        if self.short and last in ("mốt", "tư", "lăm", "nhăm"):
            return f"{DIGITS[tens]} {last}"
        return f"{DIGITS[tens]} mươi {last}" if ones else f"{DIGITS[tens]} mươi"

    def group(self, number, behind):
        hundreds, rest = divmod(number, 100)
        if not hundreds and not behind:
            return self.below_hundred(rest)
        words = [DIGITS[hundreds], "trăm"]
        if 0 < rest < 10:
            words.append(self.odd)
        return " ".join([*words, *([self.below_hundred(rest)] if rest else [])])

    def write(self, number):
        if number >= 10**9:
            whole, rest = divmod(number, 10**9)
            words = f"{self.write(whole)} {self.billion}"
            return f"{words}{self.comma} {self.below_billion(rest, behind=True)}" if rest else words
        return self.below_billion(number, behind=False)

    def below_billion(self, number, behind):
        groups = [(number // 10**6, "triệu"), (number // 1000 % 1000, self.thousand), (number % 1000, "")]
        told = []
        for value, scale in groups:
            # A group of zeros is told where one below it is.
            if value or (scale and (told or behind) and number % (10**6 if scale == "triệu" else 1000)):
                said = self.group(value, bool(told) or behind) if value else "không"
                told.append(f"{said} {scale}".strip())
        return f"{self.comma} ".join(told) or "không"


WRITERS = st.builds(
    Writer,
    st.sampled_from(["nghìn", "ngàn"]),
    st.sampled_from(["linh", "lẻ"]),
    st.sampled_from(["tư", "bốn"]),
    st.sampled_from(["lăm", "nhăm"]),
    st.sampled_from(["tỷ", "tỉ"]),
    st.sampled_from(["", ","]),
    st.booleans(),
)
PLAIN = Writer("nghìn", "linh", "tư", "lăm", "tỷ", "", False)
AMOUNTS = st.integers(0, 15).flatmap(lambda zeros: st.integers(1, 9999).map(lambda digits: digits * 10**zeros)).filter(
    lambda number: number < 10**16
) | st.integers(1, 10**15)


def values(text):
    return {way.value for way in read_spelled(text) if not way.rest.strip()}


@PROFILE
@given(AMOUNTS, WRITERS)
@example(1_005_000, PLAIN)
@example(8_001_000_000_000, PLAIN)
@example(999_999_999_999_999, PLAIN)
def test_numbers_are_read_as_they_were_written(number, writer):
    ways = [way for way in read_spelled(writer.write(number)) if way.rest.strip() != "năm"]
    assert [(way.value, way.rest, way.sure) for way in ways] == [(number, "", True)]


@PROFILE
@given(AMOUNTS, WRITERS, st.sampled_from(["đồng", " tấn/ha", "; còn lại"]))
def test_what_stands_behind_a_number_is_left(number, writer, rest):
    assert {(way.value, way.rest.strip()) for way in read_spelled(f"{writer.write(number)} {rest}")} >= {
        (Decimal(number), rest.strip())
    }


@PROFILE
@given(st.integers(0, 99_999), st.text("0123456789", min_size=1, max_size=4), WRITERS, st.booleans())
def test_decimals_are_read(whole, digits, writer, one_by_one):
    if one_by_one or digits.startswith("0") or len(digits) > 3:
        said = " ".join(DIGITS[int(digit)] for digit in digits)
    else:
        said = writer.group(int(digits), behind=False)
    assert Decimal(f"{whole}.{digits}") in values(f"{writer.write(whole)} phẩy {said}")


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("một tỷ rưỡi", 1_500_000_000),
        ("hai triệu rưỡi", 2_500_000),
        ("một nghìn rưỡi tỷ", 1_500_000_000_000),
        ("ba trăm rưỡi", 350),
        ("năm chục nghìn", 50_000),
        ("hai vạn ba nghìn", 23_000),
        ("một nghìn năm trăm triệu", 1_500_000_000),
        ("một triệu hai trăm nghìn tỷ", 1_200_000 * 10**9),
        ("mười hai triêụ bẩy trăm nghìn", 12_700_000),
        ("một trăm lẽ năm nghìn", 105_000),
        ("ba trăm linh tư nghìn", 304_000),
        ("hai triệu, bảy trăm, năm mươi nghìn", 2_750_000),
        ("hai phẩy năm nghìn tỷ", 2_500 * 10**9),
        ("không phẩy không năm", Decimal("0.05")),
        ("hai phẩy một trăm hai mươi lăm", Decimal("2.125")),
        ("mười phẩy không trăm linh bảy", Decimal("10.007")),
        ("bảy phẩy không hai mươi lăm", Decimal("7.025")),
    ],
)
def test_other_ways_to_write_numbers(words, value):
    assert [(way.value, way.rest) for way in read_spelled(words) if way.sure and way.rest.strip() != "năm"] == [
        (value, "")
    ]


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("một triệu hai", {1_200_000, 1_000_002}),
        ("hai nghìn tư", {2_400, 2_004}),
        ("một trăm mốt", {110, 101}),
        ("ba tỷ sáu trăm", {3_600_000_000, 3_000_000_600}),
        ("hai bốn", {24}),
        ("hai nghìn ba triệu", {2_003_000_000}),
    ],
)
def test_what_can_be_read_in_two_ways_is_not_sure(words, value):
    ways = read_spelled(words)
    assert {way.value for way in ways} == value
    assert not any(way.sure for way in ways)


@pytest.mark.parametrize("words", ["", "trăm nghìn", "mươi lăm", "tư", "rưỡi", "muoi hai", "đồng", "(một"])
def test_what_is_no_number(words):
    assert read_spelled(words) == ()


@pytest.mark.parametrize(
    "words", ["một hai", "hai tram", "năm mười", "hai mươi lăm ba trăm", "hai triệu ba triệu", "năm nghìn nghìn"]
)
def test_numbers_end_where_they_are_well_formed(words):
    assert all(way.rest.strip() for way in read_spelled(words))


@pytest.mark.parametrize(
    ("words", "read"),
    [
        ("hai phần ba", (2, 3, "")),
        ("ba phần tư số phiếu", (3, 4, " số phiếu")),
        ("một phần mười hai", (1, 12, "")),
        ("mười lăm phần trăm", None),
        ("phần ba", None),
        ("ba phần", None),
    ],
)
def test_fractions_are_read(words, read):
    assert read_fraction(words) == read


def printed(number):
    return f"{number:,}".replace(",", ".")


@PROFILE
@given(AMOUNTS.filter(lambda number: number > 9), WRITERS, st.booleans(), st.data())
def test_amounts_are_held_against_their_words(read, number, writer, cued, data):
    cue = "bằng chữ: " if cued else ""
    words = f"({cue}{writer.write(number)} đồng)"
    [finding] = check_in_words(read(f"Số tiền hỗ trợ là {printed(number)} đồng {words}."))
    assert not finding.verdict.is_wrong
    digits = str(number)
    at = data.draw(st.integers(0, len(digits) - 1))
    other = data.draw(st.sampled_from([digit for digit in "123456789" if digit != digits[at]]))
    wrong = int(digits[:at] + other + digits[at + 1 :])
    [finding] = check_in_words(read(f"Số tiền hỗ trợ là {printed(wrong)} đồng {words}."))
    assert finding.verdict.is_wrong
    assert (finding.reported, finding.computed) == (str(wrong), str(number))


LETTERS = "abcdeghiklmnopqrstuvxyăâđêôơưàáảãạèéẻẽẹìíỉĩịòóỏõọùúủũụ "


def garbled(words, data):
    """Words with one letter lost, changed, put in or beside another, a tone lost, or without their marks."""
    at = data.draw(st.integers(0, len(words) - 1))
    letter = data.draw(st.sampled_from(LETTERS))
    bare = "".join(mark for mark in unicodedata.normalize("NFD", words[at]) if not unicodedata.combining(mark))
    return data.draw(
        st.sampled_from(
            [
                words[:at] + words[at + 1 :],
                words[:at] + letter + words[at + 1 :],
                words[:at] + letter + words[at:],
                words[:at] + words[at : at + 2][::-1] + words[at + 2 :],
                words[:at] + bare + words[at + 1 :],
                "".join(mark for mark in unicodedata.normalize("NFD", words) if not unicodedata.combining(mark)),
            ]
        )
    )


@settings(PROFILE, max_examples=400)
@given(AMOUNTS, WRITERS, st.booleans(), st.data())
def test_misread_words_say_nothing_wrong(read, number, writer, cued, data):
    cue = "bằng chữ: " if cued else ""
    words = garbled(f"{writer.write(number)} đồng", data)
    found = check_in_words(read(f"Số tiền hỗ trợ là {printed(number)} đồng ({cue}{words})."))
    assert not any(finding.verdict.is_wrong for finding in found)
