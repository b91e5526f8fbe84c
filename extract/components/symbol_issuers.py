"""The body that the symbol of a document names: "61/2018/NĐ-CP" is the Government's, "1893/BNV-CCHC" a ministry's.

Only symbols that name one body in the whole country, or a department by its kind, tell an issuer: which committee
"QĐ-UBND" is of, or which body of the Party "NQ/TW", they do not say.
"""

from __future__ import annotations

import re
from functools import lru_cache

from extract.records import Citation
from gazetteer import Kind, load_gazetteer

_NUMBERED = re.compile(r"\d{1,2}$")  # "QH15": the fifteenth National Assembly
_SHORT = re.compile(r"[^\W\d_]{2,9}")
_ONE = re.compile(
    r"(?:Bộ|Sở|Chính phủ|Thủ tướng Chính phủ|Quốc hội|Ủy ban Thường vụ Quốc hội|Chủ tịch nước|Thanh tra Chính phủ"
    r"|Ủy ban Dân tộc|Ngân hàng Nhà nước|Kiểm toán nhà nước|Tòa án nhân dân tối cao|Viện kiểm sát nhân dân tối cao"
    r"|Văn phòng (?:Chính phủ|Quốc hội|Chủ tịch nước))\b"
)


def issuer_by_symbol(citation: Citation) -> str | None:
    """The body the symbol of a citation names; None where it names none, several or one of many."""
    symbol = citation.symbol
    if not symbol or "/" in symbol:
        return None
    parts = symbol.split("-")
    if len(parts) > 2:
        return None
    part = parts[0] if citation.doc_type == "Công văn" else parts[-1]
    return _named(_NUMBERED.sub("", part))


@lru_cache(maxsize=1024)
def _named(short: str) -> str | None:
    """The body with a short name, written as it is in symbols."""
    if not _SHORT.fullmatch(short):
        return None
    chosen = load_gazetteer().resolve(short, kind=Kind.BODY).chosen
    return chosen.name if chosen is not None and short in chosen.short_names and _ONE.match(chosen.name) else None
