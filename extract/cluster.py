"""Pages read on a Dask cluster: the same jobs through the same interface as on one machine.

The workers must see the files under the same paths and have congvan installed.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager

from extract.errors import ClusterUnreachable, NoClusterSupport


@contextmanager
def cluster_executor(address: str) -> Iterator[tuple[Executor, int]]:
    """An executor on the scheduler at `address` and the number of pages it reads at a time.

    Raises:
        NoClusterSupport: dask.distributed is not installed.
        ClusterUnreachable: no scheduler answers within ten seconds.
    """
    try:
        from distributed import Client
    except ImportError as missing:
        raise NoClusterSupport(address) from missing
    try:
        client = Client(address, timeout=10)
    except (OSError, ValueError) as failure:
        raise ClusterUnreachable(address, str(failure)) from failure
    with client:
        yield client.get_executor(pure=False), max(1, sum(client.nthreads().values()))
