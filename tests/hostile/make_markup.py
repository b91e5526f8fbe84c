"""Hostile hOCR and ALTO. Used by make_files.py."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

ALTO = (
    '<alto xmlns="http://www.loc.gov/standards/alto/ns-v4#"><Layout>'
    '<Page ID="p" WIDTH="600" HEIGHT="800">{}</Page></Layout></alto>'
)
LINE = (
    '<PrintSpace><TextBlock><TextLine><String CONTENT="{}" HPOS="1" VPOS="1" WIDTH="9" HEIGHT="9"/>'
    "</TextLine></TextBlock></PrintSpace>"
)
HOCR = (
    "<html><head><meta name='ocr-system' content='x'/></head><body>"
    "<div class='ocr_page' title='bbox 0 0 600 800'>{}</div></body></html>"
)
WORD = (
    "<span class='ocr_line' title='bbox {0} {0} {0} {0}'>"
    "<span class='ocrx_word' title='bbox {0} {0} {0} {0}; x_wconf {0}'>x</span></span>"
)


def make(made: Any, *, slow: bool) -> Iterator[Any]:
    """The hostile markup, each as `made(name, content, ends, says)`."""
    failed, some = frozenset({"failed"}), frozenset({"failed", "done"})
    laughs = "".join(f"<!ENTITY l{n + 1} '{f'&l{n};' * 10}'>" for n in range(9))
    doctype = f"<?xml version='1.0'?><!DOCTYPE alto [<!ENTITY l0 'ha'>{laughs}]>"
    yield made(b"markup/laughs.xml", (doctype + ALTO.format(LINE.format("&l9;"))).encode(), failed)
    yield made(b"markup/laughs-in-text.xml", (doctype + ALTO.format("&l9;")).encode(), failed)
    yield made(b"markup/laughs.hocr", (doctype.replace("alto [", "html [") + HOCR.format("&l9;")).encode(), some)
    big = f"<!DOCTYPE alto [<!ENTITY a '{'a' * 50_000}'>]>"
    yield made(b"markup/blow-up.xml", (big + ALTO.format(LINE.format("&a;" * 5000))).encode(), failed)
    for name, place in (
        ("file", "file:///etc/passwd"),
        ("net", "http://127.0.0.1:9/x"),
        ("device", "file:///dev/zero"),
    ):
        outside = f"<!DOCTYPE alto [<!ENTITY x SYSTEM '{place}'>]>"
        yield made(f"markup/entity-{name}.xml".encode(), (outside + ALTO.format("&x;")).encode(), failed)
        yield made(
            f"markup/parameter-{name}.xml".encode(),
            (f"<!DOCTYPE alto [<!ENTITY % x SYSTEM '{place}'> %x;]>" + ALTO.format("")).encode(),
            some,
        )
        yield made(
            f"markup/dtd-{name}.xml".encode(), (f"<!DOCTYPE alto SYSTEM '{place}'>" + ALTO.format("")).encode(), some
        )
    include = "<xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='file:///etc/passwd' parse='text'/>"
    yield made(b"markup/include.xml", ALTO.format(include).encode(), some)
    style = "<?xml-stylesheet type='text/xsl' href='http://127.0.0.1:9/x.xsl'?>"
    yield made(b"markup/style.xml", (style + ALTO.format(LINE.format("x"))).encode(), some)
    depth = 100_000 if slow else 5000
    yield made(b"markup/nest.xml", ALTO.format("<a>" * depth + "</a>" * depth).encode(), failed)
    yield made(b"markup/nest.hocr", HOCR.format("<div>" * depth + "x" + "</div>" * depth).encode(), some)
    yield made(b"markup/nest-open.hocr", HOCR.format("<span class='ocr_line'>" * depth).encode(), some)
    words = 300_000 if slow else 30_000
    yield made(b"markup/words.xml", ALTO.format(LINE.format("x") * words).encode())
    yield made(b"markup/attribute.xml", ALTO.format(LINE.format("x" * 12_000_000)).encode())
    for name, number in (("huge", "9" * 400), ("below-zero", "-99999"), ("no-number", "NaN"), ("part", "1e400")):
        yield made(f"markup/box-{name}.hocr".encode(), HOCR.format(WORD.format(number)).encode(), some)
        line = LINE.replace('"1"', f'"{number}"').replace('"9"', f'"{number}"').format("x")
        yield made(f"markup/box-{name}.xml".encode(), ALTO.format(line).encode(), some)
    yield made(b"markup/no-pages.xml", b"<alto><Layout></Layout></alto>", failed)
    yield made(b"markup/no-pages.hocr", HOCR.replace("ocr_page", "page").format("").encode(), failed)
    yield made(b"markup/cut.xml", ALTO.format(LINE.format("x")).encode()[:120], failed)
    yield made(b"markup/nul.xml", ALTO.format(LINE.format("a\x00b")).encode(), failed)
    yield made(
        b"markup/script.hocr",
        HOCR.format(WORD.format(1) + "<script>fetch('http://127.0.0.1:9')</script>").encode(),
        some,
    )
    yield made(b"markup/utf-7.xml", ("<?xml version='1.0' encoding='utf-7'?>" + ALTO.format("")).encode(), some)
