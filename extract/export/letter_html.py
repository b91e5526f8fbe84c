"""One letter as a single self-contained page: what was found, and the repaired text with its edits marked."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from extract.export.letter_text import safe_line
from extract.export.sections import Section, in_full, letter_sections
from extract.records import Finding, Letter, Reading, Records

_STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem; color: #1a1a1a; }
h2 { border-bottom: 1px solid #bbb; margin-top: 2rem; }
table { border-collapse: collapse; width: 100%; }
th { font-weight: normal; text-align: left; color: #555; white-space: nowrap; vertical-align: top; width: 8rem; }
th, td { padding: .15rem .5rem; }
tr.look td { background: #fde8e8; }
pre { white-space: pre-wrap; font: inherit; }
ins { background: #e3f5e3; text-decoration: none; border-bottom: 1px dotted #2b7a2b; }
mark { background: #fff3c4; }
"""


def letter_html(letter: Letter, reading: Reading, records: Records, findings: Sequence[Finding]) -> str:
    """A page without scripts and links; every text of the letter is escaped."""
    header = records.header
    title = in_full(header.number, header.symbol, header.evidence) or letter.path
    sections = "\n".join(_section(section) for section in letter_sections(letter, reading, records, findings))
    return f"""<!DOCTYPE html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{_escaped(title)}</title>
<style>{_STYLE}</style>
</head>
<body>
<h1>{_escaped(title)}</h1>
{sections}
<h2>Text</h2>
<p>Repaired words are <ins>underlined</ins> (point at one for what was read), doubtful ones <mark>marked</mark>.</p>
<pre>{_text(reading)}</pre>
</body>
</html>"""


def _section(section: Section) -> str:
    rows = "\n".join(
        f"<tr{' class=look' if row.weight else ''}>"
        f'<th scope="row">{_escaped(row.label)}</th><td>{_escaped(row.text)}</td></tr>'
        for row in section.rows
    )
    return f"<h2>{_escaped(section.title)}</h2>\n<table>\n{rows}\n</table>"


def _text(reading: Reading) -> str:
    """The repaired text; an edit shows what stood there when pointed at."""
    repaired = reading.repaired
    marks = [
        (edit.start, edit.end, f'<ins title="{_escaped(edit.before)} ({edit.cause})">{_body(edit.after)}</ins>')
        for edit in repaired.edits
    ]
    marks += [
        (
            doubt.start,
            doubt.end,
            f'<mark title="{_escaped(doubt.reason)}">{_body(repaired.raw[doubt.start : doubt.end])}</mark>',
        )
        for doubt in repaired.doubts
    ]
    parts, at = [], 0
    for start, end, shown in sorted(marks):
        if start >= at:  # a doubt inside an edit needs no mark of its own
            parts += [_body(repaired.raw[at:start]), shown]
            at = end
    return "".join([*parts, _body(repaired.raw[at:])])


def _escaped(text: str) -> str:
    return escape(safe_line(text))


def _body(text: str) -> str:
    return "\n".join(_escaped(line) for line in text.split("\n"))
