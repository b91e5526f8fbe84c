"""The two columns of head and foot where specks and lines above them stand in the way."""

from extract.readers.order import order_lines
from extract.records import Box, Line, Word

WIDTH = 1650.0
LETTER, HEIGHT, ROW = 14.0, 24.0, 38.0


def line(text: str, x: float, row: float, confidence: float = 0.96) -> Line:
    """A line of type at `x`, in row `row` of the page."""
    words = []
    for word in text.split():
        box = Box(x, row * ROW, x + LETTER * len(word), row * ROW + HEIGHT)
        words.append(Word(word, box, confidence))
        x = box.x1 + 10
    return Line(text, tuple(words))


def columns(*lines: Line) -> list[tuple[int | None, str]]:
    return [(line.column, line.text) for line in order_lines(lines, WIDTH).lines]


RECIPIENTS = line("Nơi nhận:", 230, 10)
SIGNER = line("CHỦ TỊCH", 1100, 10)


def test_a_speck_beside_the_recipients_bounds_no_column() -> None:
    speck = line("`", 716, 11, 0.2)
    told = columns(
        RECIPIENTS, SIGNER, speck, line("- Các Sở: Tài chính, Kế hoạch và Đầu tư,", 230, 12), line("Lê Văn A", 1100, 16)
    )
    assert (0, "- Các Sở: Tài chính, Kế hoạch và Đầu tư,") in told
    assert (1, "Lê Văn A") in told


def test_words_beside_the_recipients_do_bound_the_column() -> None:
    told = columns(RECIPIENTS, SIGNER, line("- Như trên; PHÓ CHỦ TỊCH", 940, 11))
    assert told[-1] == (1, "- Như trên; PHÓ CHỦ TỊCH")


MOTTO = line("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 620, 10)
FORM = (line("UBND TỈNH", 230, 10), line("Số:", 230, 11.5), line("Độc lập - Tự do - Hạnh phúc", 760, 11.2))


def test_what_an_annex_is_issued_with_stays_one_line_above_its_head() -> None:
    told = columns(line("Ban hành kèm theo Quyết định số 12/QĐ-UBND", 400, 8.5), MOTTO, *FORM)
    assert told[0] == (None, "Ban hành kèm theo Quyết định số 12/QĐ-UBND")
    assert told[1:3] == [(0, "UBND TỈNH"), (0, "Số:")]


def test_an_issuer_printed_higher_than_the_motto_stays_in_its_column() -> None:
    told = columns(line("TỈNH ỦY BẮC SƠN", 230, 9.2), MOTTO, *FORM)
    assert told[0] == (0, "TỈNH ỦY BẮC SƠN")
