"""The engine of a cluster: Ray tasks, each with one batch; needs the extra ``ray`` (``pip install 'liaoning-data[ray]'``).

Every node must see the folder of the work area under the same path (one machine, or a shared file system) and have the
same packages. Plain tasks and not Ray Data: a batch names files and returns the name of a folder, so nothing is gained by
moving rows through the object store, and the results are the same bytes as those of the other engines by construction.
"""

import socket
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from pipeline.engine.model import Broken, R, T
from pipeline.engine.retry import Attempt, ledger


class NoRay(Exception):
    """Ray is not installed, or no cluster answers. The message says what to do."""


class Cluster:
    """A Ray cluster: the one at ``address``, or one on this machine with ``workers`` processors; joined when there is work, left or ended
    when the engine is closed."""

    def __init__(self, address: str | None = None, workers: int | None = None) -> None:
        self.address, self.workers = address, workers
        self._joined = False

    def map(
        self, function: Callable[[T], R], tasks: Iterable[T], lost: Callable[[T, str], R]
    ) -> Iterator[tuple[T, list[R]]]:
        """See :class:`~pipeline.engine.model.Engine`. Raises NoRay."""
        ray = _ray()
        if not ray.is_initialized():
            _join(ray, self.address, self.workers)
            self._joined = True
        yield from _run(ray, function, tasks, lost)

    def close(self) -> None:
        """Leave the cluster; one that was begun here is ended."""
        if self._joined:
            _ray().shutdown()
            self._joined = False


def _ray() -> Any:
    try:
        import ray
    except ImportError as error:
        raise NoRay(
            "the engine ray needs the package ray: install it with `pip install ray`, or take --engine local"
        ) from error
    return ray


def _join(ray: Any, address: str | None, workers: int | None) -> None:
    quiet = {"log_to_driver": False, "logging_level": "ERROR"}
    try:
        if address:
            _knock(address)
            ray.init(address=address, **quiet)
        else:
            ray.init(num_cpus=workers, include_dashboard=False, **quiet)
    except (OSError, RuntimeError, ValueError) as error:
        told = " ".join(str(error).split())
        raise NoRay(
            f"no Ray cluster at {address or 'this machine'}: {told[:200]}; check the address and `ray status`"
        ) from error


def _knock(address: str) -> None:
    """OSError where nobody listens at ``host:port``: Ray itself would try for minutes."""
    host, colon, port = address.rpartition(":")
    if colon and port.isdigit() and "/" not in host:
        socket.create_connection((host, int(port)), timeout=5).close()


def _run(
    ray: Any, function: Callable[[T], R], tasks: Iterable[T], lost: Callable[[T, str], R]
) -> Iterator[tuple[T, list[R]]]:
    # A node that is gone is no fault of the task: retries are counted in the ledger, where the batch can be divided.
    remote = ray.remote(num_cpus=1, max_retries=0)(function)
    book = ledger(tasks, lost, max(1, int(ray.cluster_resources().get("CPU", 1))))
    under_way: dict[Any, Attempt[T]] = {}
    while not book.over:
        while (attempt := book.take()) is not None:
            under_way[remote.remote(attempt.task)] = attempt
        ready, _ = ray.wait(list(under_way), num_returns=1) if under_way else ([], [])
        for reference in ready:
            attempt = under_way.pop(reference)
            try:
                book.done(attempt, ray.get(reference))
            except ray.exceptions.RayTaskError as error:
                raise Broken(str(error)) from error
            except ray.exceptions.RayError as error:
                book.died(attempt, f"died ({type(error).__name__})")
        yield from book.finished()
