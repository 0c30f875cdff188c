"""Engines: who runs one function over many batches, in this process, in several, or on a cluster.

An engine knows nothing of documents. It gives every task to the function, hands back the results in the order of the tasks,
holds only a few at a time, and survives the death of a worker: the task is tried again, then divided until what kills
workers is found. What a task is and what becomes of one that cannot be run is the caller's.
"""

from pipeline.engine.here import Here
from pipeline.engine.local import Local
from pipeline.engine.model import Broken, Engine, Task

__all__ = ["Broken", "Engine", "Here", "Local", "Task"]
