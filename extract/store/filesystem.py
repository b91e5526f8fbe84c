"""On what kind of file system a path lies: SQLite's WAL needs shared memory, which network mounts do not give."""

from __future__ import annotations

import re
from pathlib import Path

# fmt: off
_NETWORK = frozenset(
    {
        "9p", "afp", "afs", "beegfs", "ceph", "cifs", "coda", "davfs", "drvfs", "glusterfs", "gpfs", "lustre",
        "ncpfs", "nfs", "nfs3", "nfs4", "orangefs", "prl_fs", "smb2", "smb3", "smbfs", "vboxsf", "virtiofs",
        "vmhgfs"
    }
)
# fmt: on
_OCTAL = re.compile(r"\\([0-7]{3})")


def file_system_of(path: Path, mounts: str) -> str | None:
    """Type of the file system that holds the absolute `path`, by a table like /proc/mounts; None if unknown."""
    best, kind = -1, None
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        point = _OCTAL.sub(lambda code: chr(int(code.group(1), 8)), fields[1])
        # A later mount on the same point hides the earlier one.
        if path.is_relative_to(point) and len(point) >= best:
            best, kind = len(point), fields[2]
    return kind


def is_network(kind: str | None) -> bool:
    """Whether this type of file system is shared over a network or with a host machine."""
    return kind is not None and (kind in _NETWORK or kind.startswith("fuse."))


def network_file_system(path: Path) -> str | None:
    """The network file system that `path` lies on; None where it is local or the system does not tell."""
    try:
        mounts = Path("/proc/self/mounts").read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return None
    kind = file_system_of(path.absolute().resolve(), mounts)
    return kind if is_network(kind) else None
