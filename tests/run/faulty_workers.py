"""Workers with faults put in by what a letter says: a program for the tests of the run, no part of the package.

`python faulty_workers.py reading|understanding`.
"""

from __future__ import annotations

import errno
import os
import signal
import sys
import time
from pathlib import Path
from types import SimpleNamespace

from extract.apart import worker as understanding
from extract.checks import of_users
from extract.readers import page, selftest
from extract.readers import worker as reading
from extract.records import Finding, Letter, Reading, Records
from extract.understand import understand
from extract.understood import Understood

real_read_page, real_self_test = page.read_page, selftest.run


def faulty_understand(letter: Letter, *, with_user_checks: bool = True) -> Understood:
    text = letter.raw
    if "PLANTED FAULT" in text:
        raise ZeroDivisionError("planted")
    if "PLANTED LOOP" in text:
        while True:
            pass
    if "PLANTED CRASH" in text:
        os.kill(os.getpid(), signal.SIGSEGV)
    if "PLANTED MEMORY" in text:
        bytearray(64 * 1024**3)
    return understand(letter, with_user_checks=with_user_checks)


def faulty_check(records: Records, reading: Reading) -> list[Finding]:
    if "PLANTED CHECK" in reading.letter.raw:
        raise KeyError("planted")
    return []


def faulty_read_page(path: Path, number: int, settings: object) -> object:
    match path.stem:
        case "crash":
            os.kill(os.getpid(), signal.SIGSEGV)
        case "killed-once" if not path.with_suffix(".killed").exists():
            path.with_suffix(".killed").touch()
            os.kill(os.getpid(), signal.SIGKILL)
        case "full":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        case "engine-gone":
            path.with_name("sick.machine").touch()
            raise FileNotFoundError(errno.ENOENT, "tesseract is not installed or it's not in your PATH")
        case "sick":
            path.with_name("sick.machine").touch()
            time.sleep(600)
    return real_read_page(path, number, settings)


def faulty_self_test(settings: object) -> None:
    if Path(sys.argv[2], "sick.machine").exists():
        raise RuntimeError("Failed to init API, possibly an invalid tessdata path")
    real_self_test(settings)


if sys.argv[1] == "reading":
    page.read_page = faulty_read_page
    selftest.run = faulty_self_test
    reading.main()
else:
    understanding.understand = faulty_understand
    of_users.user_checks = lambda: (SimpleNamespace(name="mine", value="mine:check", load=lambda: faulty_check),)
    understanding.main()
