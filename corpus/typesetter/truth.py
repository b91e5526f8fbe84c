"""What is true of a letter: its text line by line, and its records in the form of the gold files."""

import json
from itertools import pairwise
from typing import Any

from corpus.typesetter.arithmetic import Checked, check_stated, check_table, work_out
from corpus.typesetter.content import LetterContent, TableContent
from corpus.typesetter.marks import ContentError
from corpus.typesetter.records import body_records
from corpus.typesetter.setting import printed_date
from corpus.typesetter.sheet import SetPage


def restored_text(pages: list[SetPage]) -> str:
    """The letter's text as set: a line a line, a table row a line, a form feed alone on a line between pages.

    Args:
        pages: The pages.
    """
    return "\n\f\n".join("\n".join(page.texts) for page in pages) + "\n"


class _Lines:
    """Finds on which line quoted words begin, however they were broken."""

    def __init__(self, text: str) -> None:
        self._squeezed = ""
        numbers: list[int] = []
        for number, line in enumerate(text.replace("\f", "").split("\n"), start=1):
            bare = "".join(line.split())
            self._squeezed += bare
            numbers += [number] * len(bare)
        self._numbers = numbers

    def find(self, quote: str, start: int = 0) -> tuple[int | None, int]:
        """Line of a quote at or after a position of the squeezed text, and the position behind it."""
        wanted = "".join(quote.split())
        at = self._squeezed.find(wanted, start)
        if at < 0:
            at = self._squeezed.find(wanted)
        if at < 0:
            return None, start
        return self._numbers[at], at + len(wanted)


def _header(letter: LetterContent) -> dict[str, Any]:
    head = letter.head
    return {
        "number": None if head.handwritten else head.number,
        "symbol": head.symbol,
        "doc_type": head.doc_type,
        "issuer": head.issuer,
        "parent_issuer": head.parent_issuer,
        "place": head.place,
        "date": f"{head.date:%Y-%m}" if head.handwritten else head.date.isoformat(),
        "subject": head.subject,
        "recipients": list(head.recipients),
        "copies": list(head.copies),
        "signer": head.signer,
        "signer_title": head.signer_title,
        "sign_authority": head.sign_authority,
        "signed_for": head.signed_for,
    }


def _letter_date(letter: LetterContent) -> dict[str, Any]:
    text = " ".join(printed_date(letter.head).split(", ", 1)[1].split())
    iso = f"{letter.head.date:%Y-%m}" if letter.head.handwritten else letter.head.date.isoformat()
    precision = "month" if letter.head.handwritten else "day"
    return {"iso": iso, "text": text, "precision": precision, "role": "letter_date"}


def _table(table: TableContent) -> dict[str, Any]:
    return {
        "title": table.title,
        "columns": [name.replace(" / ", " - ") for name in table.columns],
        "rows": [[cell or None for cell in row] for row in table.rows],
    }


def _implied(records: dict[str, list[dict[str, Any]]]) -> list[Checked]:
    """Checks that follow from the records alone: bounds of scores and ranks, dates of repeated citations."""
    found = []
    for score in records["scores"]:
        if score["max"] is not None:
            inputs = {"value": score["value"], "max": score["max"]}
            reported, computed, verdict = work_out("maximum", inputs, None)
            planted = None if verdict == "agrees" else f"{score['indicator']}: điểm vượt mức tối đa"
            found.append(Checked("maximum", score["text"], inputs, reported, computed, verdict, None, planted))
    for rank in records["ranks"]:
        if rank["rank"] is not None and rank["of"] is not None:
            inputs = {"rank": rank["rank"], "of": rank["of"]}
            reported, computed, verdict = work_out("rank_bound", inputs, None)
            planted = None if verdict == "agrees" else f"{rank['indicator']}: thứ hạng vượt số đơn vị được xếp hạng"
            found.append(Checked("rank_bound", rank["text"], inputs, reported, computed, verdict, None, planted))
    dated: dict[str, list[str]] = {}
    for cited in records["citations"]:
        if cited["date"]:
            dated.setdefault(cited["full"], []).append(cited["date"])
    for full, dates in dated.items():
        if len(dates) > 1:
            _, computed, verdict = work_out("consistency", {"values": dates}, None)
            planted = None if verdict == "agrees" else f"{full}: hai ngày ban hành khác nhau"
            statement = f"{full}: mỗi lần viện dẫn đều mang cùng một ngày ban hành"
            reported = computed
            if verdict != "agrees":
                reported, computed = next(day for day in dates if day != dates[0]), dates[0]
            found.append(
                Checked("consistency", statement, {"values": dates}, reported, computed, verdict, None, planted)
            )
    return found


def all_checks(letter: LetterContent) -> list[Checked]:
    """Every check that can be made inside one letter.

    Args:
        letter: The letter.

    Raises:
        ContentError: A number is wrong where nothing was planted.
    """
    stated = [check_stated(check) for check in letter.checks if check.other is None]
    tables = [check for table in letter.tables.values() for check in check_table(table)]
    return [*stated, *tables, *_implied(body_records(letter))]


def gold(letter: LetterContent, pages: list[SetPage]) -> dict[str, Any]:
    """The letter's answers in the form of a gold file; `line` counts over the restored text.

    Args:
        letter: The letter.
        pages: The letter as set.

    Raises:
        ContentError: A record quotes words that the pages do not hold.
    """
    records = body_records(letter)
    lines = _Lines(restored_text(pages))
    for kind, found in records.items():
        position = 0
        for record in found:
            quote = record.get("text") or record.get("full") or " ".join(record["action"].split()[:4])
            line, position = lines.find(str(quote), position)
            if line is None:
                raise ContentError(f"{letter.key}: {kind} not on the pages: {quote}")
            record["line"] = line
    return {
        "header": _header(letter),
        "citations": records["citations"],
        "dates": [_letter_date(letter), *records["dates"]],
        "scores": records["scores"],
        "ranks": records["ranks"],
        "classifications": records["classifications"],
        "figures": records["figures"],
        "tables": [_table(table) for table in letter.tables.values()],
        "tasks": records["tasks"],
        "checks": [check.as_json() for check in all_checks(letter)],
    }


def planted(letters: tuple[LetterContent, ...]) -> list[dict[str, Any]]:
    """The discrepancies planted in the archive, inside letters and between two.

    Args:
        letters: All letters.
    """
    found: list[dict[str, Any]] = []
    for letter in letters:
        for check in all_checks(letter):
            if check.planted is not None:
                found.append({"letters": [letter.key], "scope": "within", **check.as_json(), "planted": check.planted})
        for stated in letter.checks:
            if stated.other is None:
                continue
            values = [str(one) for one in stated.inputs["values"]]
            if all(one == other for one, other in pairwise(values)):
                raise ContentError(f"{letter.key} and {stated.other} agree: {stated.statement}")
            found.append(
                {
                    "letters": [letter.key, stated.other],
                    "scope": "between",
                    "kind": stated.kind,
                    "statement": stated.statement,
                    "inputs": stated.inputs,
                    "reported": stated.inputs["values"][0],
                    "computed": stated.inputs["values"][1],
                    "verdict": "differs",
                    "note": stated.note,
                    "planted": stated.planted,
                }
            )
    return found


def write_json(value: object) -> str:
    """JSON as the truth files hold it: readable, not escaped, one newline at the end.

    Args:
        value: What is written.
    """
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
