"""hOCR, ALTO and PAGE as trees: no entities, no network, no giant documents."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from lxml import etree, html

from extract.errors import BrokenFile
from extract.readers.find import show_path
from extract.readers.opened import open_regular
from extract.settings import ReadSettings


def parse_xml(path: Path, settings: ReadSettings) -> etree._Element:
    """The root of an XML file.

    Raises:
        BrokenFile: not well-formed, or it defines entities.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, recover=False)
    with open_regular(path, settings) as stream:
        try:
            root = etree.parse(stream, parser).getroot()
        except (etree.XMLSyntaxError, ValueError) as error:
            raise BrokenFile(show_path(path), str(error)) from error
    if any(True for _ in root.iter(etree.Entity)):
        raise BrokenFile(show_path(path), "the file uses entities of its own")
    return root


def parse_html(path: Path, settings: ReadSettings) -> etree._Element:
    """The root of an HTML file, mended as browsers do.

    Raises:
        BrokenFile: nothing in it can be read.
    """
    parser = html.HTMLParser(no_network=True, huge_tree=False, encoding="utf-8")
    with open_regular(path, settings) as stream:
        try:
            root = etree.parse(stream, parser).getroot()
        except (etree.XMLSyntaxError, ValueError) as error:
            raise BrokenFile(show_path(path), str(error)) from error
    if root is None:
        raise BrokenFile(show_path(path), "no markup")
    return root


def count_elements(pages: Sequence[etree._Element], path: Path, lacking: str) -> int:
    """Number of page elements; `lacking` says what is not there.

    Raises:
        BrokenFile: there is none.
    """
    if not pages:
        raise BrokenFile(show_path(path), lacking)
    return len(pages)


def element_of(pages: Sequence[etree._Element], path: Path, number: int) -> etree._Element:
    """The element of page `number` (from 1).

    Raises:
        BrokenFile: no such page.
    """
    if not 1 <= number <= len(pages):
        raise BrokenFile(f"{show_path(path)}, page {number}", "no such page")
    return pages[number - 1]
