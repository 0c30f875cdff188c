"""What tasks and engines are."""

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, Self, TypeVar


class Task(Protocol):
    """A piece of work that can be sent to another process."""

    def halves(self) -> "tuple[Self, Self] | None":
        """The task as two, in order; None where it is one document and cannot be divided."""


T = TypeVar("T", bound=Task)
R = TypeVar("R")


class Broken(Exception):
    """The function raised: a fault of the program, not of a worker. The message holds its traceback."""


class Engine(Protocol):
    """Runs functions over tasks, one :meth:`map` at a time, until it is closed."""

    def map(
        self, function: Callable[[T], R], tasks: Iterable[T], lost: Callable[[T, str], R]
    ) -> Iterator[tuple[T, list[R]]]:
        """Each task with its results, in the order of the tasks: one result, or several where it had to be divided.

        ``function`` and ``tasks`` must be picklable. ``lost`` makes the result of a task that cannot be divided and ends
        every worker that takes it up; it is called here, with the reason. Raises Broken.
        """

    def close(self) -> None:
        """Send the workers home; the next :meth:`map` would call in others."""
