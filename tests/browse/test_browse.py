"""The archive in Datasette: pages, search, read-only, nothing of a letter becomes HTML."""

from __future__ import annotations

import asyncio
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import urllib.request
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import urlencode

import pytest

from extract.browse.serve import PortTaken, load_metadata, make_datasette, serve
from extract.records import Outcome, Stage, Status
from extract.store import open_archive

HOSTILE = "<script>alert('x')</script> \"quoted\" 'single' &amp; [b].pdf"


def address_of(path: str, **params: str) -> str:
    return f"{path}?{urlencode(params)}"


def get(path: Path, *addresses: str, **headers: str) -> list[Any]:
    """Responses of a fresh Datasette to the addresses."""

    async def ask() -> list[Any]:
        datasette = make_datasette(path)
        await datasette.invoke_startup()
        return [await datasette.client.get(address, headers=headers) for address in addresses]

    return asyncio.run(ask())


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory, make: ModuleType) -> Path:
    path: Path = tmp_path_factory.mktemp("browse") / "any name.db"
    with open_archive(path, create=True) as archive:
        archive.put_letter(*make.make_all(), "fp")
        letter = make.make_letter(HOSTILE, "hostile", extra=HOSTILE)
        reading = make.make_reading(letter)
        records = make.make_records(reading)
        records = replace(records, header=replace(records.header, subject=HOSTILE, issuer=HOSTILE))
        finding = replace(make.make_findings(reading)[0], statement=HOSTILE, note=HOSTILE)
        archive.put_letter(letter, reading, records, (finding,), make.outcome_of(letter), "fp")
        archive.put_outcome(Outcome(HOSTILE + "2", None, Status.FAILED, Stage.READ, None, HOSTILE), "fp")
        archive.link_citations()
    return path


def names(database: Path, *kinds: str) -> list[str]:
    connection = sqlite3.connect(database)
    marks = ", ".join("?" for _ in kinds)
    rows = connection.execute(
        f"SELECT name FROM sqlite_master WHERE type IN ({marks}) AND name NOT LIKE 'letters_fts%'", kinds
    ).fetchall()
    connection.close()
    return sorted(name for (name,) in rows)


def test_every_table_and_view_has_a_page_that_escapes(database: Path) -> None:
    tables = names(database, "table", "view")
    addresses = ["/", "/archive", *(f"/archive/{name}" for name in tables)]
    addresses += ["/archive/search?words=quoted", "/archive/does_not_add_up?issuer=", "/archive/due?org=noi"]
    addresses += ["/archive/search?words=<script>alert('x')</script>", "/archive/letters?_search=<script>alert('x')"]
    for address, response in zip(addresses, get(database, *addresses), strict=True):
        assert response.status_code == 200, f"{address}: {response.text[:500]}"
        assert "<script>alert" not in response.text, address
    assert "&lt;script&gt;alert" in get(database, "/archive/letters")[0].text


def test_the_first_page_leads_to_the_questions_people_ask(database: Path) -> None:
    (page,) = get(database, "/")
    links = re.findall(r'<a href="(/archive/?[a-z_]*)">', page.text.partition("<h2")[0])
    assert len(links) == 5
    assert {"/archive/search", "/archive/due", "/archive/does_not_add_up"} < set(links)
    for link, response in zip(links, get(database, *links), strict=True):
        assert response.status_code == 200, link


def test_a_row_page_escapes_and_shows_its_evidence(database: Path) -> None:
    connection = sqlite3.connect(database)
    (key,) = connection.execute("SELECT id FROM letters WHERE path = ?", (HOSTILE,)).fetchone()
    connection.close()
    row, evidence = get(database, f"/archive/letters/{key}", f"/archive/evidence?letter={key}")
    assert row.status_code == evidence.status_code == 200
    assert "<script>alert" not in row.text and "<script>alert" not in evidence.text


@pytest.mark.parametrize(
    ("query", "letters"),
    [("766/QĐ-TTg", 2), ("766/qd-ttg", 2), ("uy quyen", 0), ("noi vu", 2), ("Sở Nội vụ", 2), ("", 0), ('" OR (', 0)],
)
def test_the_search_query(database: Path, query: str, letters: int) -> None:
    (response,) = get(database, address_of("/archive/search.json", words=query, _shape="array"))
    assert response.status_code == 200
    assert len(response.json()) == letters
    assert all("[" in row["found"] for row in response.json())


@pytest.mark.parametrize("query", ["766/QĐ-TTg", "noi vu", "Nội vụ", 'lone " quote'])
def test_the_search_box_of_letters(database: Path, query: str) -> None:
    (response,) = get(database, address_of("/archive/letters.json", _search=query, _shape="array"))
    assert response.status_code == 200
    assert len(response.json()) == (0 if query.startswith("lone") else 2)


def test_canned_queries_filter_without_accents(database: Path) -> None:
    due, nobody, wrong, other = get(
        database,
        address_of("/archive/due.json", org="so noi vu", _shape="array"),
        address_of("/archive/due.json", org="Bộ Y tế", _shape="array"),
        address_of("/archive/does_not_add_up.json", issuer="binh an", _shape="array"),
        address_of("/archive/does_not_add_up.json", issuer="", _shape="array"),
    )
    assert [row["due"] for row in due.json()] == ["2030-11-01"] * 2
    assert nobody.json() == []
    assert [row["computed"] for row in wrong.json()] == ["19.4"]
    assert len(other.json()) == 2


def test_nothing_can_be_written(database: Path) -> None:
    before = database.read_bytes()
    for statement in ("delete from letters", "update letters set path = 'x'", "drop table letters", "attach 'x' as y"):
        (response,) = get(database, address_of("/archive.json", sql=statement))
        assert response.status_code == 400, statement
    (response,) = get(database, address_of("/archive.json", sql="with x as (select 1) delete from letters"))
    assert response.status_code in (400, 403, 500)
    assert database.read_bytes() == before


def test_other_hosts_are_refused_and_headers_set(database: Path) -> None:
    (own,) = get(database, "/archive")
    assert own.headers["x-content-type-options"] == "nosniff"
    assert "default-src 'self'" in own.headers["content-security-policy"]
    for host in ("evil.example", "127.0.0.1.evil.example:8001", "localhost.evil:1", ""):
        (refused,) = get(database, "/archive", host=host)
        assert refused.status_code == 421, host
        assert "letters" not in refused.text
    for host in ("127.0.0.1:8001", "localhost", "[::1]:9"):
        (answered,) = get(database, "/archive", host=host)
        assert answered.status_code == 200, host


def test_metadata_describes_what_is_there(database: Path) -> None:
    described = load_metadata()["databases"]["archive"]["tables"]
    assert sorted(described) == names(database, "table", "view")
    connection = sqlite3.connect(database)
    for name, entry in described.items():
        columns = {column for (column,) in connection.execute("SELECT name FROM pragma_table_info(?)", (name,))}
        used = {*entry.get("columns", ()), *entry.get("facets", ())}
        used |= {entry[key] for key in ("sort", "sort_desc", "label_column", "fts_pk") if key in entry}
        assert used <= columns, name
        assert entry.get("hidden") or entry["description"].endswith("."), name
    connection.close()


def test_pages_follow_a_run_that_goes_on(database: Path, tmp_path: Path, make: ModuleType) -> None:
    path = tmp_path / "live.db"
    with open_archive(path, create=True) as archive:
        archive.put_letter(*make.make_all("1", "1"), "fp")

        async def look() -> list[int]:
            datasette = make_datasette(path)
            await datasette.invoke_startup()
            counts = []
            for seed in ("2", "3", "4"):
                response = await datasette.client.get("/archive/letters.json?_shape=array")
                counts.append(len(response.json()))
                archive.put_letter(*make.make_all(seed, seed), "fp")
            return counts

        assert asyncio.run(look()) == [1, 2, 3]


def test_a_taken_port_is_said_so(database: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(PortTaken, match=f"127.0.0.1:{port}"):
            serve(database, port=port, open_browser=False)


def test_the_server_answers_on_this_machine_until_ctrl_c(database: Path) -> None:
    code = f"""
from pathlib import Path
from extract.browse.serve import serve
serve(Path({str(database)!r}), port=0, open_browser=False)
"""
    process = subprocess.Popen(
        [sys.executable, "-c", code],
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a shell's background is deaf to it
    )
    try:
        assert process.stderr is not None
        said = process.stderr.readline()
        address = re.search(r"http://127\.0\.0\.1:\d+/archive", said)
        assert address is not None, said
        with urllib.request.urlopen(address.group(), timeout=60) as response:
            assert b"discrepancies" in response.read()
        process.send_signal(signal.SIGINT)
        assert process.communicate(timeout=20)[1] == "" and process.returncode == 0
    finally:
        process.kill()
        process.wait(timeout=20)
