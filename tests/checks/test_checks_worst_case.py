"""No pattern of the checks takes long on text made to make it."""

import importlib
import inspect
import pkgutil
import re
import time
import tomllib
from dataclasses import fields, is_dataclass, replace
from importlib.resources import files
from itertools import islice

import pytest

import extract.checks
from extract.checks import check
from extract.checks.changes import balances, ends, rests
from extract.checks.days import words as days
from extract.checks.figures import figures
from extract.records import CheckKind, Records


def data(name):
    return tomllib.loads(files("extract.checks").joinpath(f"data/{name}.toml").read_text(encoding="utf8"))


def patterns_in(name, value):
    """The patterns of what a loader gives, with names of their own."""
    if isinstance(value, re.Pattern):
        yield name, value
        return
    several = value.values() if isinstance(value, dict) else value if isinstance(value, (tuple, list)) else ()
    if is_dataclass(value) and not isinstance(value, type):
        several = [getattr(value, one.name) for one in fields(value)]
    for at, one in enumerate(several):
        yield from patterns_in(f"{name}.{at}", one)


def patterns():
    """All patterns of the checks: those of their modules, and those that loaders make of data files."""
    for module in pkgutil.walk_packages(extract.checks.__path__, "extract.checks."):
        short = module.name.removeprefix("extract.checks.")
        for name, value in vars(importlib.import_module(module.name)).items():
            if hasattr(value, "cache_clear") and value.__module__ == module.name:
                if not inspect.signature(value).parameters:
                    yield from patterns_in(f"{short}.{name}", value())
            else:
                yield from patterns_in(f"{short}.{name}", value)
    for name in data("differences"):
        yield f"differences.{name}", ends.pattern(name)
    for name in data("rests"):
        yield f"rests.{name}", rests._words(name)
    for name in data("days"):
        yield f"days.{name}", days.says(name)
    for role in data("roles"):
        yield f"roles.{role}", figures.words(role).pattern


PATTERNS = dict(patterns())
LENGTH = 5_000
SEEDS = (
    "1", "1.", "1,1", "1.111", " ", "a", "(", "- ", ", ", "và ", "gồm ", "gồm: ", "trong đó ", "ngày 1/1/",
    "ngày 31 tháng ", "từ 71,5 lên 72,8 điểm ", "từ 1 (", "1 a, tăng 1 a ", "1 hồ sơ, tăng 1 hồ sơ (1%) so với ",
    "1/1 a ", "1/1 (1", "1% ( 1 / ", "5 sở ", "5 sở, ban, ngành a ", "12 xã là ", "(1) ",
    "hạng 1 toàn quốc so với ", "nhóm đầu 1", "tong so ", "so a muc do 1 ", "tong so a muc do 3 va 4 ", "ty le ",
    "1.200 triệu đồng + ", "1.200 + ",
    "tiếp nhận ", "đã giải quyết ", "không đúng hạn ", "trước hạn và ", "khoảng ", "diem ",
)  # fmt: skip


@pytest.mark.parametrize("name", sorted(PATTERNS))
def test_a_pattern_on_text_made_against_it(name):
    pattern = PATTERNS[name]
    start = time.process_time()
    for seed in SEEDS:
        text = (seed * LENGTH)[:LENGTH]
        for match in pattern.finditer(text):
            assert match.end() <= LENGTH
    assert time.process_time() - start < 2  # 0.05 s on an idle core of 2026


@pytest.mark.parametrize(
    "seed",
    [
        "1 hồ sơ, tăng 1 hồ sơ ",
        "5 sở gồm: ",
        "từ 1 lên 2, ",
        "1/2 xã (50%), ",
        "1% trực tuyến; ",
        "tổng cộng 50 ",
        "- Sở A: 2 hồ sơ\n",
        "1.1 A 2 3 %\n",
        "10 xã (A, ",
        "90 hồ sơ, gồm 20 và 7, còn lại ",
        "kết quả trên gồm 5 điểm ",
        # figures that differ, so that no two findings are one
        "{i} hồ sơ, chiếm {p},5%, ",
        "{p},5% ({i} người); ",
        "{j}/{i} xã ({p},5%), ",
        "trong tổng số {i} hồ sơ có {j} hồ sơ, đạt {p},5%. ",
        "kế hoạch {i} ha; trồng được {j} ha, đạt {p},5% kế hoạch. ",
        "{i} hồ sơ, gồm {j} hồ sơ mới và 3 hồ sơ cũ; ",
        "{i} vụ, trong đó {j} vụ a, ",
        "{i} người: {j} nam, 5 nữ; ",
        "{j} việc a trong tổng số {i} việc, ",
        "tiếp nhận {i} hồ sơ, đã giải quyết {j} hồ sơ, đang giải quyết 9 hồ sơ; ",
        "có {i} ý kiến, đã giải quyết {j}, còn {p}; ",
        "{i} đơn vị. Theo đó, {j} đơn vị loại Tốt, 12 Khá. ",
        "{i} tỷ {p} triệu đồng, ",
        "Năm nay có {i} vụ, tăng {j} vụ so với cùng kỳ ({p} vụ). ",
        "{i} vụ năm 2023, {j} vụ năm 2022, giảm {p} vụ; ",
        "{i} vụ, tăng {j} vụ ({p},5%), ",
        "xếp thứ {p}/63, tăng 4 bậc, ",
        "{p} xã: A, B, C; ",
        "Có {i} hồ sơ trễ hạn nêu trên. ",
        "Toàn tỉnh tiếp nhận {i} hồ sơ trực tuyến.\n",
        "cao nhất là huyện A đạt {p},5%, ",
        "từ ngày {p}/5/2023 đến ngày 12/9/2024 (300 ngày), ",
        "- Sở A: {i} hồ sơ, đúng hạn {j} hồ sơ ({p},5%)\n",
        "a) Có {i} hồ sơ, gồm:\n- {j} hồ sơ a;\n- {p} hồ sơ b;\n",
        "- Trong đó:\n- {j} hồ sơ a;\n",
        "- Năm nay có {j} hồ sơ. " + "Bình quân 60 xã đạt {j} hồ sơ, " * 10 + "\n",
    ],
)
def test_a_paragraph_made_against_the_checks(seed, read):
    check(Records(), read("x"))
    spent = []
    for length in (5_000, 20_000):
        told = (seed.format(i=1000 + at % 8999, j=100 + at * 7 % 899, p=10 + at * 31 % 89) for at in range(length))
        reading = read("".join(islice(told, length // len(seed) + 1))[:length])
        start = time.process_time()
        check(Records(), reading)
        spent.append(time.process_time() - start)
    assert spent[1] < 8 * max(spent[0], 0.3)  # four times the text; quadratic is sixteen


@pytest.mark.parametrize(
    "seed",
    [
        "{} hồ sơ, chiếm {},{}%; ",
        "xã A: kế hoạch {} tỷ đồng, giải ngân {},{} tỷ đồng, đạt 4%; ",
        "tỷ lệ hộ nghèo {} hộ đạt {},{}%; ",
        "bình quân mỗi xã {} hồ sơ, {},{} người; ",
    ],
)
def test_a_paragraph_of_a_thousand_shares(seed, read):
    check(Records(), read("5%"))
    reading = read("".join(seed.format(at * 37 % 997 + 3, at * 13 % 89 + 1, at % 10) for at in range(1000)))
    start = time.process_time()
    check(Records(), reading)
    assert time.process_time() - start < 3  # 0.6 s on an idle core of 2026


def test_a_paragraph_of_findings_that_all_differ(read):
    check(Records(), read("x"))
    spent = []
    for count in (400, 1600):
        reading = read(
            "".join(f"{100 + at * 7 % 899}/{1000 + at} xã ({10 + at * 31 % 89},5%), " for at in range(count))
        )
        start = time.process_time()
        assert len(check(Records(), reading)) > count * 0.9
        spent.append(time.process_time() - start)
    assert spent[1] < 9 * max(spent[0], 0.1)


def test_a_paragraph_of_rests(read):
    check(Records(), read("còn 5"))
    spent = []
    for count in (400, 1600):
        reading = read(
            "".join(
                f"Tổng số {9000 + at} vụ việc, đã giải quyết {4000 + at} vụ việc, còn lại 5000 vụ việc. "
                for at in range(count)
            )
        )
        start = time.process_time()
        found = list(rests.check_rests(reading))
        assert len(found) == count
        assert not list(balances.without_rests([replace(one, kind=CheckKind.SUM) for one in found], found))
        spent.append(time.process_time() - start)
    assert spent[1] < 8 * max(spent[0], 0.1)  # four times the text; quadratic is sixteen


def test_the_patterns_of_data_files_are_among_those_tried():
    made = {name.partition(".")[0] for name in PATTERNS}
    assert made >= {"differences", "rests", "days", "roles"}
    of_loaders = {
        "changes.anchors._patterns",
        "figures.kinds.kind_sets",
        "sums.members._words",
        "repeats.telling.data",
    }
    assert all(any(name.startswith(loader) for name in PATTERNS) for loader in of_loaders)
