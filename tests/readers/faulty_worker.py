"""The worker with faults put in by the name of the file: a program for test_guard.py, no part of the package."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

from extract.readers import page, worker

real_read_page = page.read_page


def read_page(path: Path, number: int, settings: object) -> object:
    match path.stem:
        case "hang":
            while True:
                time.sleep(1)
        case "hang-with-child":
            child = subprocess.Popen(["sleep", "600"])
            Path(path.parent, "child.pid").write_text(str(child.pid))
            time.sleep(600)
        case "crash":
            os.kill(os.getpid(), signal.SIGSEGV)
        case "leave":
            os._exit(7)
        case "memory":
            return bytearray(64 * 1024**3)
        case "bug":
            raise TypeError("'NoneType' object is not iterable")
        case "wordless":
            raise AssertionError
        case "chatter":
            print("hello from a library")
            sys.stderr.write("and from another\n")
            subprocess.run(["echo", "and from a child"], check=True)
        case "disk":
            Path(os.environ["TMPDIR"], "large").write_bytes(b"x" * (300 * 1024 * 1024))
        case "limits":
            Path(path.parent, "limits.txt").write_text(
                repr(
                    (
                        resource.getrlimit(resource.RLIMIT_AS)[0],
                        resource.getrlimit(resource.RLIMIT_CORE)[0],
                        resource.getrlimit(resource.RLIMIT_NOFILE)[0],
                        os.getsid(0) == os.getpid(),
                        Path.cwd().name.startswith("congvan-"),
                        "spacy" in sys.modules,
                    )
                )
            )
    return real_read_page(path, number, settings)


page.read_page = read_page
worker.main()
