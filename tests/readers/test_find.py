from __future__ import annotations

import os
from pathlib import Path

from extract.errors import NotARegularFile, PathMissing
from extract.readers.find import find_files, show_path


def names(found: list, root: Path) -> list[str]:
    return [item.path.relative_to(root).as_posix() for item in found if item.problem is None]


def test_order_and_exclusions(tmp_path: Path) -> None:
    for name in (
        "b.txt",
        "a.pdf",
        "B.txt",
        "sub/z.txt",
        "sub/a.txt",
        ".hidden.txt",
        "archive.db",
        "archive.db-wal",
        "x.docx",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    (tmp_path / "kho").write_bytes(b"SQLite format 3\x00rest")
    found = list(find_files([tmp_path]))
    assert names(found, tmp_path) == ["B.txt", "a.pdf", "b.txt", "sub/a.txt", "sub/z.txt", "x.docx"]
    assert all(item.problem is None for item in found)


def test_ignore_file_reaches_subfolders_and_can_be_undone(tmp_path: Path) -> None:
    for name in ("nhap/a.txt", "thu/nhap.txt", "thu/giu.txt", "thu/con/nhap.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True, parents=True)
        (tmp_path / name).write_text("x")
    (tmp_path / ".extractignore").write_text("nhap/\nnhap.txt\n")
    (tmp_path / "thu" / "con" / ".extractignore").write_text("!nhap.txt\n")
    assert names(list(find_files([tmp_path])), tmp_path) == ["thu/con/nhap.txt", "thu/giu.txt"]


def test_links_and_special_files(tmp_path: Path) -> None:
    root, outside = tmp_path / "root", tmp_path / "outside"
    root.mkdir()
    outside.mkdir()
    (outside / "secret.txt").write_text("x")
    (root / "real.txt").write_text("x")
    (root / "inside.txt").symlink_to(root / "real.txt")
    (root / "leaves.txt").symlink_to(outside / "secret.txt")
    (root / "leaves").symlink_to(outside)
    (root / "loop").symlink_to(root)
    (root / "broken.txt").symlink_to(root / "none.txt")
    os.mkfifo(root / "pipe.txt")
    found = {item.path.name: item.problem for item in find_files([root])}
    assert found["real.txt"] is None and found["inside.txt"] is None
    assert isinstance(found["leaves.txt"], NotARegularFile) and isinstance(found["leaves"], NotARegularFile)
    assert isinstance(found["pipe.txt"], NotARegularFile)
    assert found["broken.txt"] is not None
    assert "loop" not in found and "secret.txt" not in found


def test_names_are_data(tmp_path: Path) -> None:
    raw = [b"-rf.txt", b"a\nb.txt", b"'; drop.txt", b"<script>.txt", b"latin\xe9.txt", "cô\u0301ng.txt".encode()]
    for name in raw:
        (tmp_path / os.fsdecode(name)).write_bytes(b"x")
    found = list(find_files([tmp_path]))
    assert sorted(os.fsencode(item.path.name) for item in found) == sorted(raw)
    assert all(item.shown.isprintable() and item.shown.encode() for item in found)
    assert any("latin\\xe9.txt" in item.shown for item in found)
    assert any("a\\nb.txt" in item.shown for item in found)


def test_a_path_named_twice_counts_once_and_a_missing_one_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    found = list(find_files([tmp_path, tmp_path / "a.txt", tmp_path / "none"]))
    assert [item.path.name for item in found] == ["a.txt", "none"]
    assert isinstance(found[1].problem, PathMissing)


def test_show_path_keeps_vietnamese() -> None:
    assert show_path(Path("thư/Số 12.pdf")) == "thư/Số 12.pdf"
