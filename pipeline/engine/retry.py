"""What becomes of a task whose worker died: tried again, then divided, then given up; and results in the order of the tasks."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Generic

from pipeline.engine.model import R, T

TRIES = 2
"""Workers that may die of a task before it is divided: one may have died of something else."""


@dataclass
class Attempt(Generic[T]):
    """A task, or a part of one: where it belongs, and how many workers died of it."""

    number: int
    place: tuple[int, ...]
    task: T
    deaths: int = 0


@dataclass
class Ledger(Generic[T, R]):
    """Which tasks wait, which are under way, which are done; at most ``ahead`` results wait for an earlier one."""

    tasks: Iterator[T]
    lost: Callable[[T, str], R]
    ahead: int
    _waiting: deque[Attempt[T]] = field(default_factory=deque)
    _open: dict[int, tuple[T, int, dict[tuple[int, ...], R]]] = field(default_factory=dict)
    _next: int = 0
    _told: int = 0
    _exhausted: bool = False

    def take(self) -> Attempt[T] | None:
        """What to do next; None where nothing can be begun now."""
        if self._waiting:
            return self._waiting.popleft()
        if self._exhausted or self._next - self._told >= self.ahead:
            return None
        try:
            task = next(self.tasks)
        except StopIteration:
            self._exhausted = True
            return None
        attempt = Attempt(self._next, (), task)
        self._open[self._next] = task, 1, {}
        self._next += 1
        return attempt

    def done(self, attempt: Attempt[T], result: R) -> None:
        """An attempt gave its result."""
        self._open[attempt.number][2][attempt.place] = result

    def died(self, attempt: Attempt[T], reason: str) -> None:
        """The worker that had the attempt is gone."""
        attempt.deaths += 1
        if attempt.deaths < TRIES:
            self._waiting.append(attempt)
            return
        halves = attempt.task.halves()
        if halves is None:
            self.done(attempt, self.lost(attempt.task, reason))
            return
        task, parts, results = self._open[attempt.number]
        self._open[attempt.number] = task, parts + 1, results
        self._waiting.extend(Attempt(attempt.number, (*attempt.place, n), half) for n, half in enumerate(halves))

    def finished(self) -> Iterator[tuple[T, list[R]]]:
        """Tasks that are done and next in order, each told once."""
        while self._told in self._open:
            task, parts, results = self._open[self._told]
            if len(results) < parts:
                return
            del self._open[self._told]
            self._told += 1
            yield task, [results[place] for place in sorted(results)]

    @property
    def over(self) -> bool:
        """Whether every task was told."""
        return self._exhausted and not self._open and not self._waiting


def ledger(tasks: Iterable[Any], lost: Callable[[Any, str], Any], workers: int) -> Ledger[Any, Any]:
    """A ledger that lets every worker be a few tasks ahead of the slowest."""
    return Ledger(iter(tasks), lost, ahead=4 * workers)
