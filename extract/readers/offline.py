"""No network for a worker and all it starts: the kernel refuses every socket."""

from __future__ import annotations

import ctypes
import errno
import os
import struct
import sys

# The architecture (linux/audit.h) and its numbers of socket and of io_uring_setup, which can open sockets too.
_CALLS = {"x86_64": (0xC000003E, (41, 425)), "aarch64": (0xC00000B7, (198, 425))}
_X32_CALLS = 0x40000000  # x86_64 knows every call by a second number
_NO_NEW_PRIVILEGES, _SECCOMP, _FILTER = 38, 22, 2
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_ALLOW, _REFUSE, _KILL = 0x7FFF0000, 0x00050000 | errno.EACCES, 0x80000000
_NUMBER, _ARCHITECTURE = 0, 4  # where struct seccomp_data has them


def forbid_network() -> bool:
    """Have the kernel refuse sockets to this thread and all threads and programs it starts from here on.

    A refused call fails with "permission denied" and nothing more. It cannot be taken back.

    Returns:
        Whether it is so: not on another system than Linux, on an architecture whose numbers are not known, or where
        the kernel or a container does not allow filters.
    """
    known = _CALLS.get(os.uname().machine)
    if sys.platform != "linux" or known is None or sys.maxsize <= 2**32:
        return False
    code = ctypes.create_string_buffer(_program(*known))
    filter_ = ctypes.create_string_buffer(struct.pack("HxxxxxxP", len(code) // 8, ctypes.addressof(code)))
    libc = ctypes.CDLL(None, use_errno=True)
    calls = ((_NO_NEW_PRIVILEGES, 1, 0, 0, 0), (_SECCOMP, _FILTER, ctypes.addressof(filter_), 0, 0))
    return all(libc.prctl(*(ctypes.c_ulong(value) for value in call)) == 0 for call in calls)


def _program(architecture: int, calls: tuple[int, ...]) -> bytes:
    """The filter: struct sock_filter after struct sock_filter (linux/filter.h)."""
    steps = [
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_EQUAL, 1, 0, architecture),
        (_RETURN, 0, 0, _KILL),  # a program of another architecture has other numbers
        (_LOAD, 0, 0, _NUMBER),
        (_AT_LEAST, len(calls) + 1, 0, _X32_CALLS),
        *((_EQUAL, len(calls) - at, 0, number) for at, number in enumerate(calls)),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _REFUSE),
    ]
    return b"".join(struct.pack("HBBI", *step) for step in steps)
