"""Imports run one way: the order of the stages."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LAYERS = (
    ("gazetteer",),
    ("normalize",),
    ("extract", "extract.errors", "extract.settings", "extract.stopping", "extract.wordlists"),
    ("extract.records",),
    ("extract.readers",),
    ("extract.layout",),
    ("extract.components",),
    ("extract.checks.figures",),
    ("extract.checks.sums", "extract.checks.shares", "extract.checks.lists", "extract.checks.scores"),
    ("extract.checks.changes", "extract.checks.tables"),
    ("extract.checks.repeats", "extract.checks.days", "extract.checks.letters", "extract.checks.blame"),
    ("extract.checks",),
    ("extract.link", "extract.understood"),
    ("extract.store",),
    ("extract.export", "extract.browse"),
    ("extract.understand", "extract.fingerprint", "extract.evaluation", "extract.copies", "extract.breaker"),
    ("extract.sorting",),
    ("extract.apart",),
    ("extract.jobs",),
    ("extract.intake", "extract.cluster"),
    ("extract.letter", "extract.run"),
    ("extract.cli", "extract.__main__"),
)
ONLY = {
    "extract.browse": {"extract", "extract.records", "extract.store", "extract.errors"},
    "extract.export": {"extract", "extract.records", "extract.store", "extract.errors", "normalize"},
    "extract.records": {"extract", "normalize"},
}
NEVER_OUTSIDE = {"spacy": "extract.components", "cv2": "extract.readers", "sqlite_utils": "extract.store"}
FOLDERS = ("extract", "normalize", "gazetteer")


def module_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def place(module: str) -> tuple[int, str]:
    """Rank and name of the layer a module belongs to: the longest matching prefix."""
    fits = [
        (rank, name)
        for rank, names in enumerate(LAYERS)
        for name in names
        if module == name or (module.startswith(f"{name}.") and name != "extract")
    ]
    assert fits, f"{module} has no place in LAYERS"
    return max(fits, key=lambda fit: len(fit[1]))


def imports_of(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            found.add(node.module or "")
            for alias in node.names:
                candidate = ROOT.joinpath(*(node.module or "").split("."), alias.name)
                if candidate.with_suffix(".py").exists() or candidate.is_dir():
                    found.add(f"{node.module}.{alias.name}")
    return found


MODULES = [path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*.py"))]


@pytest.mark.parametrize("path", MODULES, ids=module_of)
def test_imports_point_down(path: Path) -> None:
    module = module_of(path)
    rank, layer = place(module)
    for name in imports_of(path):
        top = name.split(".")[0]
        if top in ("tests", "corpus", "benchmarks"):
            pytest.fail(f"{module} imports {name}")
        home = NEVER_OUTSIDE.get(top)
        assert home is None or module.startswith(home), f"{module} imports {top}, which belongs to {home}"
        if top not in FOLDERS:
            continue
        other_rank, other = place(name)
        assert other_rank <= rank, f"{module} ({layer}) imports {name} ({other}), which comes after it"
        if layer in ONLY and other != layer:
            assert other in ONLY[layer], f"{module} imports {name}; {layer} sees only {sorted(ONLY[layer])}"


def test_there_are_modules() -> None:
    assert len(MODULES) > 40


@pytest.mark.parametrize("path", MODULES, ids=module_of)
def test_no_file_is_too_long(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 420
