"""Engines: who runs one function over many batches, in this process, in several, or on a cluster.

An engine gives every task to the function, hands back the results in the order of the tasks, holds only a few at a time, and
survives the death of a worker: the task is tried again, then divided until what kills workers is found.

Belongs here: processes, clusters, retries, order. Does not belong here: what a task is, what is done with it and what becomes of
one that cannot be run, which is the caller's; an engine knows nothing of documents or tables.
"""

from pipeline.engine.here import Here
from pipeline.engine.local import Local
from pipeline.engine.model import Broken, Engine, Task


def engine(kind: str, workers: int | None = None, address: str | None = None, prepare: str | None = None) -> Engine:
    """The engine of a name: ``local`` with so many processes of this machine (None: one a processor), each of which imports the module
    ``prepare`` first, or ``ray`` on the cluster at ``address`` (None: one begun here)."""
    if kind == "ray":
        from pipeline.engine.cluster import Cluster

        return Cluster(address, workers)
    return Local(workers, prepare)


__all__ = ["Broken", "Engine", "Here", "Local", "Task", "engine"]
