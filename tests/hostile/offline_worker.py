"""Workers that ask for a socket where a letter says so: a program for test_promises_kept.py.

`python offline_worker.py reading|understanding as-is|killed`: as they are, or killed by the kernel as soon as
anything in them asks for one.
"""

from __future__ import annotations

import ctypes
import platform
import socket
import struct
import sys
from pathlib import Path

import urllib3.util.connection  # noqa: F401 - asks with a socket, when it is imported, whether there is IPv6

from extract.apart import worker as understanding
from extract.readers import page
from extract.readers import worker as reading
from extract.records import Letter
from extract.understand import understand
from extract.understood import Understood

SOCKET_CALL = {"x86_64": 41, "aarch64": 198}
_NO_NEW_PRIVILEGES, _SECCOMP, _FILTER = 38, 22, 2
_LOAD, _EQUAL, _RETURN = 0x20, 0x15, 0x06
_KILL, _ALLOW = 0x80000000, 0x7FFF0000


def forbid_sockets() -> None:
    """From here on socket(2) ends the process with SIGSYS, whatever library calls it, in children too."""
    steps = (
        (_LOAD, 0, 0, 0),  # the number of the call
        (_EQUAL, 0, 1, SOCKET_CALL[platform.machine()]),
        (_RETURN, 0, 0, _KILL),
        (_RETURN, 0, 0, _ALLOW),
    )
    code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in steps))
    program = ctypes.create_string_buffer(struct.pack("HxxxxxxP", len(steps), ctypes.addressof(code)))
    libc = ctypes.CDLL(None, use_errno=True)
    for call in ((_NO_NEW_PRIVILEGES, 1, 0, 0, 0), (_SECCOMP, _FILTER, ctypes.addressof(program), 0, 0)):
        if libc.prctl(*(ctypes.c_ulong(value) for value in call)) != 0:
            raise OSError(ctypes.get_errno(), "prctl")


real_read_page = page.read_page


def read_page(path: Path, number: int, settings: object) -> object:
    if path.stem == "calls-home":
        socket.socket()
    return real_read_page(path, number, settings)


def understand_and_call(letter: Letter, *, with_user_checks: bool = True) -> Understood:
    if "CALLS HOME" in letter.raw:
        socket.create_connection(("127.0.0.1", 9))
    return understand(letter, with_user_checks=with_user_checks)


if sys.argv[2] == "killed":
    forbid_sockets()
if sys.argv[1] == "reading":
    page.read_page = read_page
    reading.main()
else:
    understanding.understand = understand_and_call
    understanding.main()
