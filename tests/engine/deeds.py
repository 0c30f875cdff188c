"""Tasks for the engines: plain numbers, some of which end the process that takes them up."""

import os
import signal
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Numbers:
    """A batch of numbers; ``deadly`` ones end the process, ``once`` only the first time (a file remembers)."""

    values: tuple[int, ...]
    deadly: frozenset[int] = frozenset()
    once: Path | None = None

    def halves(self) -> "tuple[Numbers, Numbers] | None":
        middle = len(self.values) // 2
        if not middle:
            return None
        return Numbers(self.values[:middle], self.deadly), Numbers(self.values[middle:], self.deadly)


def doubled(task: Numbers) -> list[int]:
    """Each value twice as large."""
    if task.once is not None and not task.once.exists():
        task.once.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    if task.deadly & set(task.values):
        os.kill(os.getpid(), signal.SIGKILL)
    return [2 * value for value in task.values]


def raising(task: Numbers) -> list[int]:
    """A fault of the program."""
    raise ValueError(f"no good: {task.values}")


def given_up(task: Numbers, reason: str) -> list[int]:
    """What stands for numbers that end every process."""
    assert "signal 9" in reason or "died" in reason, reason
    return [-value for value in task.values]


def process(task: Numbers) -> int:
    """The process that the task came to."""
    return os.getpid()


def given_up_process(task: Numbers, reason: str) -> int:
    """What stands for a process that is gone."""
    raise AssertionError(reason)
