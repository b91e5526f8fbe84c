"""Rebuild the sample archive: `python -m corpus.typesetter [--only NN] [--out DIR]`."""

import argparse
import sys
from pathlib import Path

from corpus.typesetter.align import align
from corpus.typesetter.content import LetterContent, load_letters
from corpus.typesetter.faces import FontMissingError, register_fonts
from corpus.typesetter.marks import ContentError
from corpus.typesetter.pdf import write_pdf
from corpus.typesetter.render import SUFFIX, render
from corpus.typesetter.setting import set_letter
from corpus.typesetter.truth import gold, planted, restored_text, write_json


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def build(letter: LetterContent, out: Path, truth_only: bool) -> None:
    """Write one letter's renderings and truth.

    Args:
        letter: The letter.
        out: The corpus folder.
        truth_only: Leave the renderings as they are.
    """
    pages = set_letter(letter)
    truth = out / "truth"
    _write(truth / f"{letter.key}.restored.txt", restored_text(pages).encode())
    _write(truth / f"{letter.key}.gold.json", write_json(gold(letter, pages)).encode())
    if truth_only:
        return
    pdf = write_pdf(pages, f"{letter.head.number}/{letter.head.symbol}")
    for kind, suffix in SUFFIX.items():
        path = out / "letters" / kind / f"{letter.key}{suffix}"
        if kind not in letter.renderings:
            path.unlink(missing_ok=True)
            continue
        data = render(letter.key, pdf, kind)
        _write(path, data)
        if kind == "ocr-text":
            aligned = align(data.decode(), pages)
            _write(truth / "ocr-text" / f"{letter.key}.restored.txt", aligned.encode())


def main() -> int:
    """Run the typesetter.

    Returns:
        0, or 1 where a letter could not be set.
    """
    parser = argparse.ArgumentParser(prog="python -m corpus.typesetter", description=__doc__)
    parser.add_argument("--only", action="append", default=[], metavar="NN", help="only this letter; may be repeated")
    parser.add_argument("--out", type=Path, default=Path(__file__).parents[1], help="the corpus folder to write to")
    parser.add_argument("--truth-only", action="store_true", help="write no renderings")
    said = parser.parse_args()
    try:
        register_fonts()
        for letter in load_letters(frozenset(said.only)):
            print(f"{letter.key} {letter.head.number}/{letter.head.symbol}", file=sys.stderr)
            build(letter, said.out, said.truth_only)
        listed = write_json(planted(load_letters()))
        _write(said.out / "truth" / "planted.json", listed.encode())
    except (ContentError, FontMissingError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
