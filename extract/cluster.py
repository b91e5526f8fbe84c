"""Work on a Dask cluster: the same jobs through the same interface as on one machine.

The workers must see the files under the same paths and have congvan installed.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from extract.errors import ClusterUnreachable, NoClusterSupport
from extract.intake import Workplace


@contextmanager
def cluster_workplace(address: str) -> Iterator[Workplace]:
    """The workers of the scheduler at `address`, as many jobs at a time as they have threads.

    Raises:
        NoClusterSupport: dask.distributed is not installed.
        ClusterUnreachable: no scheduler answers within ten seconds.
    """
    try:
        from distributed import Client
        from distributed.client import FutureCancelledError
        from distributed.comm import CommClosedError
        from distributed.scheduler import KilledWorker
    except ImportError as missing:
        raise NoClusterSupport(address) from missing
    try:
        client = Client(address, timeout=10)
    except (OSError, ValueError) as failure:
        raise ClusterUnreachable(address, str(failure)) from failure
    with client:
        width = max(1, sum(client.nthreads().values()))
        # distributed raises TypeError where a worker dies while its result is handed over: it unpacks that as an error
        lost = (KilledWorker, CommClosedError, FutureCancelledError, TimeoutError, TypeError)
        # A job travels to its worker: the next two of each lie there already.
        yield Workplace(client.get_executor(pure=False), width, 2 * width, lost)
