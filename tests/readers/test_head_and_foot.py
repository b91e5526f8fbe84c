"""The two columns of head and foot where specks and lines above them stand in the way."""

import pytest

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


def test_place_and_date_with_wide_gaps_are_one_line_of_the_right_column() -> None:
    date = (line("..., ngày", 700, 12.4), line("tháng", 850, 12.4), line("năm 20", 980, 12.2))
    told = columns(MOTTO, *FORM, *date, line("V/v cấp giấy phép", 230, 13.2), line("Kính gửi: Bộ Tài chính", 600, 15))
    assert (1, "..., ngày tháng năm 20") in told
    assert (0, "V/v cấp giấy phép") in told


LIST = (
    line("- Như trên;", 230, 11),
    line("~ Các Sở, ban, ngành tỉnh;", 230, 12),
    line("- Lưu: VT, TH.", 230, 13),
)
BODY = line("Đề nghị các đơn vị nghiêm túc thực hiện, báo cáo kết quả trước ngày 30 tháng 6./.", 230, 8)
SIGNED = (SIGNER, line("Lê Văn An", 1110, 12.1))


@pytest.mark.parametrize("heading", ["Nơi nhận:", "X2 nhận:", "„ nhận:", "“những", "xứ nhậm:", None])
def test_columns_are_found_whatever_a_stamp_makes_of_the_heading(heading: str | None) -> None:
    first = () if heading is None else (line(heading, 230, 10),)
    told = columns(BODY, *first, *SIGNED, *LIST)
    assert told[0] == (None, BODY.text)
    assert told[1:] == [*((0, each.text) for each in (*first, *LIST)), *((1, each.text) for each in SIGNED)]


def test_a_stroke_of_a_pen_bounds_no_column() -> None:
    long = line("- Phòng Thương mại và Công nghiệp Việt Nam, các hội tại tỉnh;", 230, 14)
    told = columns(RECIPIENTS, SIGNER, *LIST[:2], line("4", 700, 13), long, line("- Lưu: VT.", 230, 15))
    assert (0, long.text) in told
    assert (0, "- Lưu: VT.") in told


@pytest.mark.parametrize("first", ["Kính gửi:", "Các đơn vị sau:"])
def test_a_list_in_the_body_is_no_foot(first: str) -> None:
    told = columns(line(first, 230, 10), line("- Sở Tài chính;", 230, 11), line("- Sở Nội vụ;", 230, 12), SIGNER)
    assert {column for column, _ in told} == {None}


def test_two_who_sign_a_form_side_by_side_have_columns() -> None:
    told = columns(
        BODY,
        line("Xác nhận của Chi cục", 230, 10),
        line("Người đứng đầu", 1000, 9.9),
        line("(ký và đóng dấu)", 1020, 11),
    )
    assert told[1:] == [(0, "Xác nhận của Chi cục"), (1, "Người đứng đầu"), (1, "(ký và đóng dấu)")]


def test_two_pieces_of_a_line_are_no_signers() -> None:
    told = columns(BODY, line("Địa chỉ liên lạc", 230, 10), line("Số điện thoại", 1000, 10), line("(nếu có)", 1020, 11))
    assert {column for column, _ in told} == {None}
