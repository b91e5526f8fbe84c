"""Hostile PDFs, written object by object. Used by make_files.py."""

from __future__ import annotations

import functools
import io
import zlib
from collections.abc import Iterator, Mapping
from typing import Any

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

A4 = b"[0 0 595 842]"
FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
WORDS = "This page belongs to a file that was made to break a reader of files, and holds a line of English words."


def pdf(objects: Mapping[int, bytes], *, root: int = 1, trailer: bytes = b"", xref_at: int | None = None) -> bytes:
    """A file of numbered objects with a table of where they are."""
    out, places = io.BytesIO(), {}
    out.write(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    for number, body in objects.items():
        places[number] = out.tell()
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    table, size = out.tell(), max(objects) + 1
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % size)
    for number in range(1, size):
        out.write(b"%010d %05d %c \n" % (places.get(number, 0), 0, b"n" if number in places else b"f"))
    out.write(b"trailer\n<< /Size %d /Root %d 0 R %s >>\n" % (size, root, trailer.replace(b"@", b"%d" % table)))
    out.write(b"startxref\n%d\n%%%%EOF\n" % (table if xref_at is None else xref_at))
    return out.getvalue()


def stream(content: bytes, entries: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), entries, content)


def one_page(
    content: bytes = b"",
    *,
    box: bytes = A4,
    page: bytes = b"",
    catalog: bytes = b"",
    entries: bytes = b"",
    more: Mapping[int, bytes] | None = None,
    resources: bytes = b"<< /Font << /F 5 0 R >> >>",
    trailer: bytes = b"",
) -> bytes:
    """A file with one page; its objects 1 to 5 are catalog, pages, page, content, font."""
    text = content or b"BT /F 11 Tf 40 700 Td (%s) Tj ET" % WORDS.encode()
    return pdf(
        {
            1: b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalog,
            2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            3: b"<< /Type /Page /Parent 2 0 R /MediaBox %s /Contents 4 0 R /Resources %s %s >>"
            % (box, resources, page),
            4: stream(text, entries),
            5: FONT,
            **(more or {}),
        },
        trailer=trailer,
    )


def repeated(block: bytes, times: int) -> bytes:
    """`block` `times` times over, deflated without ever holding it: every block is flushed to the same bytes."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    first = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    check = 1
    for _ in range(times):
        check = zlib.adler32(block, check)
    return b"\x78\xda" + first * times + b"\x03\x00" + check.to_bytes(4, "big")


def letter(pages: int = 1, encryption: StandardEncryption | None = None) -> bytes:
    """A file as a common library writes it."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842), encrypt=encryption, invariant=1)
    for page in range(pages):
        canvas.drawString(40, 700, f"{WORDS} {page}")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def make(made: Any, *, slow: bool) -> Iterator[Any]:
    """The hostile PDFs, each as `made(name, content, ends, says)`."""
    done, failed = frozenset({"done"}), frozenset({"failed"})
    yield made(b"pdf/good.pdf", letter(2), done)
    whole = letter(3)
    for tenth in range(1, 10):
        yield made(b"pdf/cut-%d0.pdf" % tenth, whole[: len(whole) * tenth // 10])
    yield made(b"pdf/no-head.pdf", whole[9:], failed)
    yield made(b"pdf/zeros-in-it.pdf", whole[:400] + bytes(400) + whole[800:])
    yield made(b"pdf/junk-before.pdf", b"junk " * 100 + whole)
    user, owner = StandardEncryption("user", "owner"), StandardEncryption("", "owner", canPrint=0)
    yield made(b"pdf/password-of-user.pdf", letter(1, user), failed, "encrypted")
    yield made(b"pdf/password-of-owner.pdf", letter(1, owner), done)
    strange = b"/Encrypt << /Filter /Strange /V 99 /R 99 /O (x) /U (x) /P -1 >> /ID [(a) (a)]"
    yield made(b"pdf/password-strange.pdf", one_page(trailer=strange))
    yield from _loops(made)
    yield from _sizes(made)
    yield from _nests(made)
    yield from _bombs(made, slow=slow)
    yield from _programs(made)
    yield made(b"pdf/pages-500.pdf" if slow else b"pdf/pages-100.pdf", letter(500 if slow else 100), done)
    kids = b" ".join(b"3 0 R" for _ in range(2500))
    many = {1: b"<< /Type /Catalog /Pages 2 0 R >>", 2: b"<< /Type /Pages /Kids [%s] /Count 2500 >>" % kids}
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>"
    yield made(b"pdf/pages-2500.pdf", pdf({**many, 3: page}), failed, "the limit is 2000")


def _loops(made: Any) -> Iterator[Any]:
    page = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>"
    )
    text = stream(b"BT /F 11 Tf 40 700 Td (%s) Tj ET" % WORDS.encode())
    base = {1: b"<< /Type /Catalog /Pages 2 0 R >>", 3: page, 4: text, 5: FONT}
    kids = b"<< /Type /Pages /Kids [%s] /Count %d >>"
    yield made(b"pdf/loop-xref.pdf", one_page(trailer=b"/Prev @"))
    yield made(b"pdf/loop-xref-stream.pdf", one_page(trailer=b"/XRefStm @"))
    yield made(b"pdf/loop-pages-self.pdf", pdf({**base, 2: kids % (b"2 0 R 3 0 R", 9)}))
    deeper = {6: b"<< /Type /Pages /Parent 2 0 R /Kids [2 0 R 3 0 R] /Count 4 >>"}
    yield made(b"pdf/loop-pages-two.pdf", pdf({**base, 2: kids % (b"6 0 R 3 0 R", 5), **deeper}))
    yield made(b"pdf/loop-parent.pdf", pdf({**base, 2: b"<< /Type /Pages /Parent 2 0 R /Kids [3 0 R] /Count 1 >>"}))
    yield made(
        b"pdf/loop-length.pdf", pdf({**base, 2: kids % (b"3 0 R", 1), 4: b"<< /Length 4 0 R >>\nstream\nq\nendstream"})
    )
    yield made(b"pdf/loop-reference.pdf", pdf({**base, 2: kids % (b"3 0 R", 1), 4: b"4 0 R"}))
    form = stream(
        b"/X Do " * 50, b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >>"
    )
    yield made(b"pdf/loop-form.pdf", one_page(b"/X Do", resources=b"<< /XObject << /X 6 0 R >> >>", more={6: form}))
    outline = {
        6: b"<< /First 7 0 R /Last 7 0 R /Count 1 >>",
        7: b"<< /Title (x) /Parent 6 0 R /Next 7 0 R /Prev 7 0 R >>",
    }
    yield made(b"pdf/loop-outline.pdf", one_page(catalog=b"/Outlines 6 0 R", more=outline))
    fields = {
        6: b"<< /Fields [7 0 R] >>",
        7: b"<< /FT /Tx /T (x) /Kids [7 0 R] /Parent 7 0 R /V 7 0 R /Subtype /Widget /Rect [0 0 9 9] >>",
    }
    yield made(b"pdf/loop-fields.pdf", one_page(catalog=b"/AcroForm 6 0 R", page=b"/Annots [7 0 R]", more=fields))
    inner = stream(b"1 0 << /Type /Catalog /Pages 2 0 R >>", b"/Type /ObjStm /N 1 /First 4 /Extends 6 0 R")
    yield made(b"pdf/loop-objects.pdf", one_page(more={6: inner}))
    yield made(b"pdf/xref-elsewhere.pdf", pdf({**base, 2: kids % (b"3 0 R", 1)}, xref_at=999_999_999))
    yield made(b"pdf/xref-command-missing.pdf", pdf({**base, 2: kids % (b"3 0 R", 1)}).replace(b"xref\n0", b"    \n0"))
    yield made(b"pdf/no-pages.pdf", pdf({**base, 2: kids % (b"", 0)}))
    yield made(b"pdf/count-too-many.pdf", pdf({**base, 2: kids % (b"3 0 R", 2**31 - 1)}))
    yield made(b"pdf/count-below-zero.pdf", pdf({**base, 2: kids % (b"3 0 R", -5)}))


def _sizes(made: Any) -> Iterator[Any]:
    for name, box in (
        (b"2-31", b"[0 0 2147483648 2147483648]"),
        (b"2-31-wide", b"[0 0 2147483648 842]"),
        (b"200-inches", b"[0 0 14400 14400]"),
        (b"zero", b"[0 0 0 0]"),
        (b"thin", b"[0 0 14000 1]"),
        (b"below-zero", b"[595 842 0 0]"),
        (b"no-number", b"[0 0 /a (b)]"),
        (b"huge-number", b"[0 0 1e999 9" + b"9" * 400 + b"]"),
        (b"empty", b"[]"),
    ):
        says = "the page measures" if name.startswith(b"2-31") else None
        yield made(b"pdf/size-%s.pdf" % name, one_page(box=box), frozenset({"done", "failed"}), says)
    yield made(b"pdf/unit-2-31.pdf", one_page(page=b"/UserUnit 2147483648"))
    yield made(b"pdf/rotate-45.pdf", one_page(page=b"/Rotate 45"))


def _nests(made: Any) -> Iterator[Any]:
    depth = 20_000
    yield made(b"pdf/nest-arrays.pdf", one_page(page=b"/Nest " + b"[" * depth + b"]" * depth))
    yield made(b"pdf/nest-arrays-open.pdf", one_page(page=b"/Nest " + b"[" * depth))
    yield made(b"pdf/nest-dictionaries.pdf", one_page(page=b"/Nest " + b"<</a" * depth + b" 1 " + b">>" * depth))
    yield made(b"pdf/nest-states.pdf", one_page(b"q " * depth + b"Q " * depth))
    yield made(b"pdf/nest-strings.pdf", one_page(b"BT /F 9 Tf (" + b"(" * depth + b")" * depth + b") Tj ET"))
    levels = 1500
    tree = {1: b"<< /Type /Catalog /Pages 6 0 R >>"}
    for number in range(6, 6 + levels):
        tree[number] = b"<< /Type /Pages /Kids [%d 0 R] /Count 1 >>" % (number + 1)
    tree[6 + levels] = b"<< /Type /Page /Parent %d 0 R /MediaBox [0 0 595 842] >>" % (5 + levels)
    yield made(b"pdf/nest-pages.pdf", pdf(tree))
    filters = b"/Filter [" + b"/FlateDecode " * 60 + b"]"
    content = functools.reduce(lambda packed, _: zlib.compress(packed), range(60), b"BT ET")
    yield made(b"pdf/nest-filters.pdf", one_page(content, entries=filters))


def _bombs(made: Any, *, slow: bool) -> Iterator[Any]:
    megabytes = 1024 if slow else 64
    spaces = repeated(b" " * 1_048_576, megabytes)
    flate = b"/Filter /FlateDecode"
    yield made(b"pdf/bomb-spaces.pdf", one_page(spaces, entries=flate))
    yield made(b"pdf/bomb-twice.pdf", one_page(zlib.compress(spaces), entries=b"/Filter [/FlateDecode /FlateDecode]"))
    times = 2_000_000 if slow else 20_000
    yield made(b"pdf/bomb-words.pdf", one_page(repeated(b"BT /F 9 Tf 9 9 Td (word ) Tj ET\n", times), entries=flate))
    yield made(b"pdf/bomb-rules.pdf", one_page(repeated(b"10 10 m 90 90 l S\n", times), entries=flate))
    side = 30_000 if slow else 12_000
    image = stream(
        repeated(bytes(side // 8), side),
        b"/Type /XObject /Subtype /Image /Width %d /Height %d /BitsPerComponent 1 /ColorSpace /DeviceGray %s"
        % (side, side, flate),
    )
    shown, named = b"q 595 0 0 842 0 0 cm /X Do Q", b"<< /XObject << /X 6 0 R >> >>"
    yield made(b"pdf/bomb-image.pdf", one_page(shown, resources=named, more={6: image}))
    lies = stream(
        b"x",
        b"/Type /XObject /Subtype /Image /Width 2000000000 /Height 2000000000"
        b" /BitsPerComponent 8 /ColorSpace /DeviceRGB",
    )
    yield made(b"pdf/image-that-lies.pdf", one_page(shown, resources=named, more={6: lies}))
    lengths = b"<< /Length 99999999999 >>\nstream\nq\nendstream"
    yield made(b"pdf/length-that-lies.pdf", one_page(more={4: lengths}))


def _programs(made: Any) -> Iterator[Any]:
    """What other readers would run; each would leave a file or a connection if it did."""
    script = b'/OpenAction << /S /JavaScript /JS (app.launchURL\\("http://127.0.0.1:9/"\\);) >>'
    yield made(b"pdf/run-script.pdf", one_page(catalog=script))
    launch = b"/OpenAction << /S /Launch /F (/bin/touch) /Win << /F (touch) /P (run-by-content) >> >>"
    yield made(b"pdf/run-program.pdf", one_page(catalog=launch))
    outside = b"<< /Length 0 /F << /FS /URL /F (http://127.0.0.1:9/stream) >> >>\nstream\n\nendstream"
    yield made(b"pdf/fetch-stream.pdf", one_page(more={4: outside}))
    attached = stream(b"MZ program", b"/Type /EmbeddedFile")
    names = (
        b"/Names << /EmbeddedFiles << /Names"
        b" [(run.exe) << /Type /Filespec /F (../../run.exe) /EF << /F 6 0 R >> >>] >> >>"
    )
    yield made(b"pdf/carries-program.pdf", one_page(catalog=names, more={6: attached}))
