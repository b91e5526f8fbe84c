"""From a composer's marks to records, written as the contract writes them."""

import re
from typing import Any

from corpus.typesetter.body import Block, Order
from corpus.typesetter.content import LetterContent
from corpus.typesetter.marks import ContentError, Mark, without_notes
from corpus.typesetter.numbers import as_json, read_date, read_number

_CITATION = re.compile(
    r"(?P<type>[^\d]+?)(?: số)? (?P<full>\d\S*?),?"
    r"(?P<date> ngày (?:\d{1,2}/\d{1,2}/\d{4}|\d{1,2} tháng \d{1,2} năm \d{4}))?(?: của (?P<issuer>.+))?"
)
_LAW = re.compile(r"(?P<type>(?:Bộ luật|Luật|Pháp lệnh) .+?)(?: ngày (?P<date>\d{1,2}/\d{1,2}/\d{4}))?")
_FULL = re.compile(r"(\d+(?:/\d{4})?)[/-](.+)")
_OF = re.compile(r"(\d[\d.,]*)\s*(?:điểm|%)?/(\d+)")
_LABEL = re.compile(r"(?:[-+] |\d+(?:\.\d+)*\.? |[a-zđ]\) |[IVX]+\. )")


def _base(letter: LetterContent, mark: Mark, *names: str) -> dict[str, Any]:
    head = letter.head
    base = {
        "indicator": mark.fields.get("i", head.indicator),
        "org": mark.fields.get("o", head.org),
        "period": mark.fields.get("p", head.period),
    }
    return {name: base[name] or None for name in names}


def _optional(record: dict[str, Any], mark: Mark) -> dict[str, Any]:
    if "opt" in mark.fields:
        record["optional"] = True
    return record


def citation(mark: Mark) -> dict[str, Any]:
    """A citation; type, number, date and issuer are read from the marked stretch.

    Args:
        mark: A mark of kind c; `issuer=` gives an issuer the words only imply, `type=` a type. A law is cited by name.

    Raises:
        ContentError: The stretch does not read as a citation.
    """
    law = _LAW.fullmatch(mark.text)
    if law:
        return {
            "doc_type": law["type"],
            "number": None,
            "symbol": None,
            "full": None,
            "date": read_date(law["date"]) if law["date"] else None,
            "issuer": mark.fields.get("issuer"),
            "text": mark.text,
        }
    found = _CITATION.fullmatch(mark.text)
    number = _FULL.fullmatch(found["full"]) if found else None
    if found is None or number is None:
        raise ContentError(f"not a citation: {mark.text}")
    record = {
        "doc_type": mark.fields.get("type", found["type"]),
        "number": number[1],
        "symbol": number[2],
        "full": found["full"],
        "date": read_date(found["date"]) if found["date"] else mark.fields.get("date"),
        "issuer": found["issuer"] or mark.fields.get("issuer"),
    }
    return _optional(record, mark)


def _date(letter: LetterContent, mark: Mark) -> dict[str, Any]:
    iso = mark.fields.get("iso") or read_date(mark.text)
    if iso is None:
        raise ContentError(f"not a date: {mark.text}")
    role = next((name for name in mark.fields if name not in ("opt", "iso")), None)
    precision = "day" if len(iso) == 10 else "quarter" if "Q" in iso else "month" if len(iso) == 7 else "year"
    record = {"iso": iso, "text": mark.text, "precision": precision, "role": role}
    return _optional(record, mark)


def _number(mark: Mark, name: str) -> int | float | None:
    given = mark.fields.get(name)
    if given is None:
        return None
    sign = -1 if given.startswith("-") else 1
    return sign * as_json(read_number(given))


def _score(letter: LetterContent, mark: Mark) -> dict[str, Any]:
    parts = _OF.search(mark.text)
    given = _number(mark, "max")
    record = {
        **_base(letter, mark, "indicator", "org", "period"),
        "value": as_json(read_number(mark.text)),
        "max": given if given is not None else as_json(read_number(parts[2])) if parts else None,
        "as_of": mark.fields.get("as_of"),
        "previous": _number(mark, "prev"),
        "change": _number(mark, "change"),
        "change_unit": mark.fields.get("unit"),
        "text": mark.text,
    }
    return _optional(record, mark)


def _rank(letter: LetterContent, mark: Mark) -> dict[str, Any]:
    parts = _OF.search(mark.text)
    rank = None if mark.fields.get("rank") == "null" else int(read_number(mark.fields.get("rank", mark.text)))
    record = {
        **_base(letter, mark, "indicator", "org", "period"),
        "rank": rank,
        "of": _number(mark, "of") or (int(parts[2]) if parts else None),
        "change": _number(mark, "change"),
        "text": mark.text,
    }
    return _optional(record, mark)


def _classification(letter: LetterContent, mark: Mark) -> dict[str, Any]:
    said = mark.fields.get("c")
    record = {
        "org": mark.fields.get("o", mark.text if said else letter.head.org),
        "class": said or mark.text[0].upper() + mark.text[1:],
        **_base(letter, mark, "period"),
        "text": mark.text,
    }
    return _optional(record, mark)


def _figure(letter: LetterContent, mark: Mark) -> dict[str, Any]:
    record = {
        "what": mark.fields["w"],
        **_base(letter, mark, "org", "period"),
        "value": as_json(read_number(mark.text)),
        "unit": mark.fields["u"],
        "text": mark.text,
    }
    return _optional(record, mark)


_MAKERS = {"d": ("dates", _date), "s": ("scores", _score), "r": ("ranks", _rank), "f": ("figures", _figure)}


def _action(block: Block, order: Order) -> str:
    text = without_notes(block.plain)
    label = _LABEL.match(text)
    text = text[label.end() :] if label else text
    for words in (order.start, order.stop):
        if words and words not in text:
            raise ContentError(f"no {words!r} in: {text[:80]}")
    if order.stop:
        text = text[: text.index(order.stop)]
    if order.start:
        text = text[text.index(order.start) :]
    return " ".join(text.split())


def _task(block: Block, order: Order, whole: str) -> dict[str, Any]:
    action = _action(block, order)
    if order.deadline_text and order.deadline_text not in whole:
        raise ContentError(f"no {order.deadline_text!r} in the letter")
    cited = [citation(mark)["full"] or mark.text for mark in block.marks if mark.kind == "c" and mark.text in action]
    record: dict[str, Any] = {
        "section": order.section,
        "assignees": list(order.assignees),
        "coordinators": list(order.coordinators),
        "action": action,
        "deadline": order.deadline,
        "deadline_text": order.deadline_text,
        "deadline_relation": order.relation,
        "recurrence": order.recurrence,
        "report_to": order.report_to,
        "citations": list(dict.fromkeys(cited)),
    }
    if order.optional:
        record["optional"] = True
    return record


def body_records(letter: LetterContent) -> dict[str, list[dict[str, Any]]]:
    """All records of a letter's body, by kind, in reading order of the content.

    Args:
        letter: The letter.

    Raises:
        ContentError: A mark or task does not fit its text.
    """
    found: dict[str, list[dict[str, Any]]] = {
        name: [] for name in ("citations", "dates", "scores", "ranks", "classifications", "figures", "tasks")
    }
    whole = without_notes("\n".join(block.plain for block in letter.blocks))
    for block in letter.blocks:
        for mark in block.marks:
            if mark.kind == "c":
                found["citations"].append(citation(mark))
            elif mark.kind == "k":
                found["classifications"].append(_classification(letter, mark))
            else:
                name, make = _MAKERS[mark.kind]
                found[name].append(make(letter, mark))
        found["tasks"] += [_task(block, order, whole) for order in block.orders]
    return found
