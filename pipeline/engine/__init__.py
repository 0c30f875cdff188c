"""Engines: who runs one function over many batches, in this process, in several, or on a cluster.

An engine gives every task to the function, hands back the results in the order of the tasks, holds only a few at a time, and
survives the death of a worker: the task is tried again, then divided until what kills workers is found.

Belongs here: processes, clusters, retries, order. Does not belong here: what a task is, what is done with it and what becomes of
one that cannot be run, which is the caller's; an engine knows nothing of documents or tables.
"""

from pipeline.engine.here import Here
from pipeline.engine.local import Local
from pipeline.engine.model import Broken, Engine, Task

__all__ = ["Broken", "Engine", "Here", "Local", "Task"]
