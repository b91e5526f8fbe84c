import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from extract.components.figures import find_figures, find_relations
from extract.components.found import Found
from extract.records import Reading, Records

CASES = json.loads((Path(__file__).parents[1] / "cases" / "figures.json").read_text(encoding="utf8"))


def plain(value: object) -> object:
    if isinstance(value, Decimal):
        return str(value)
    return list(value) if isinstance(value, tuple) else value


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_finds_figures(case: dict[str, Any], records_of: Callable[[str], Records]) -> None:
    have = records_of(case["input"]).figures
    told = [
        {name: plain(getattr(record, name)) for name in expected}
        for record, expected in zip(have, case["expected"], strict=False)
    ]
    assert (len(have), told) == (len(case["expected"]), case["expected"]), have
    assert all(record.evidence and record.evidence[0].component.startswith("figures.") for record in have)


RELATIONS = [
    (
        "Toàn tỉnh tiếp nhận 12.480 hồ sơ, trong đó 9.360 hồ sơ trực tuyến (chiếm 75%) và 3.120 hồ sơ trực tiếp (25%).",
        [("12480", ["9360", "3120"], "trong đó", ["75", "25"])],
    ),
    (
        "Có 105.344 hồ sơ mới (tỷ lệ trực tuyến chiếm 73,2%; trực tiếp chiếm 26,8%).",
        [("105344", ["73.2", "26.8"], "chiếm", [])],
    ),
    ("Ban hành 427 thủ tục, gồm 96 thủ tục mới và 331 thủ tục sửa đổi.", [("427", ["96", "331"], "gồm", [None, None])]),
    ("Tiếp nhận 12 phản ánh; kinh phí 30 triệu đồng, trong đó 5 công chức tham gia.", []),
]


@pytest.mark.parametrize(("text", "expected"), RELATIONS)
def test_keeps_how_figures_relate(text: str, expected: list[Any], read: Callable[[str], Reading]) -> None:
    reading = read(text)
    figures = find_figures(reading, Found())

    def value(index: int | None) -> str | None:
        return None if index is None else str(figures[index].record.value)

    assert [
        (value(one.whole), [value(part) for part in one.parts], one.words, [value(share) for share in one.shares])
        for one in find_relations(reading, figures)
    ] == expected
