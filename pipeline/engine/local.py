"""The engine of one machine: several processes, each with one task at a time.

Own code where the standard pool would serve, for one reason: when a worker of ``concurrent.futures`` dies, every task that
waits is lost with it and nobody learns which one killed it.
"""

import contextlib
import gc
import importlib
import multiprocessing
import os
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from typing import Any

from pipeline.engine.model import Broken, R, T
from pipeline.engine.retry import Attempt, ledger

CONTEXT = multiprocessing.get_context("spawn")
"""Fresh processes: a fork would copy the threads of Arrow and DuckDB half-way through what they do."""


def processors() -> int:
    """Processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Local:
    """``workers`` processes of this machine, called in when there is work for them and kept from one piece of work to the next.

    ``prepare``: a module that each of them imports before it is asked for anything.
    """

    def __init__(self, workers: int | None = None, prepare: str | None = None) -> None:
        self.workers, self.prepare = workers or processors(), prepare
        self._staff: list[Worker] = []

    def call_in(self) -> None:
        """Have all workers begin now: they prepare themselves while whoever has work for them does something else."""
        while len(self._staff) < self.workers:
            self._staff.append(Worker(self.prepare))

    def map(
        self, function: Callable[[T], R], tasks: Iterable[T], lost: Callable[[T, str], R]
    ) -> Iterator[tuple[T, list[R]]]:
        """See :class:`~pipeline.engine.model.Engine`."""
        book = ledger(tasks, lost, self.workers)
        try:
            while not book.over:
                self._give_out(book, function)
                for worker in _heard(self._staff):
                    attempt = worker.attempt
                    assert attempt is not None
                    try:
                        failed, said = worker.answer()
                    except EOFError:
                        self._staff.remove(worker)
                        book.died(attempt, worker.end())
                        continue
                    if failed:
                        raise Broken(said)
                    book.done(attempt, said)
                yield from book.finished()
        finally:
            # Nobody waits any more for what is under way where the work was broken off.
            self._dismiss([worker for worker in self._staff if worker.attempt is not None])

    def close(self) -> None:
        """See :class:`~pipeline.engine.model.Engine`."""
        self._dismiss(list(self._staff))

    def _give_out(self, book: Any, function: Callable[[Any], Any]) -> None:
        """Every idle worker gets a task; new workers are called in while there is more to do."""
        while (idle := next((one for one in self._staff if one.attempt is None), None)) or (
            len(self._staff) < self.workers
        ):
            attempt = book.take()
            if attempt is None:
                return
            if idle is None:
                idle = Worker(self.prepare)
                self._staff.append(idle)
            idle.give(function, attempt)

    def _dismiss(self, workers: "list[Worker]") -> None:
        for worker in workers:
            self._staff.remove(worker)
            worker.dismiss()


def _heard(staff: "list[Worker]") -> "list[Worker]":
    """Workers that have something to tell, their death included, in a fixed order; waits for the first."""
    busy = {worker.pipe: worker for worker in staff if worker.attempt is not None}
    ready = set(wait(list(busy))) if busy else set()
    return [worker for pipe, worker in busy.items() if pipe in ready]


class Worker:
    """A process and the pipe to it."""

    def __init__(self, prepare: str | None = None) -> None:
        self.pipe, theirs = CONTEXT.Pipe()
        self.process: SpawnProcess = CONTEXT.Process(target=serve, args=(prepare, theirs), daemon=True)
        self.process.start()
        # With our copy of its end closed, the pipe tells of the death of the process.
        theirs.close()
        self.attempt: Attempt[Any] | None = None

    def give(self, function: Callable[[Any], Any], attempt: Attempt[Any]) -> None:
        """Send a task. A worker that is gone is noticed when its answer is read."""
        self.attempt = attempt
        with contextlib.suppress(OSError):
            self.pipe.send((function, attempt.task))

    def answer(self) -> tuple[bool, Any]:
        """(whether it failed, result or traceback). EOFError where the process is gone."""
        try:
            failed, said = self.pipe.recv()
        except OSError as error:
            raise EOFError from error
        self.attempt = None
        return bool(failed), said

    def end(self) -> str:
        """How the process ended, in words."""
        self.pipe.close()
        self.process.join()
        code = self.process.exitcode
        return f"killed by signal {-code}" if code and code < 0 else f"ended with code {code}"

    def dismiss(self) -> None:
        """End the process, whatever it does."""
        self.pipe.close()
        self.process.kill()
        self.process.join()


def serve(prepare: str | None, pipe: Connection) -> None:
    """What a worker does: answer one task after the other until nobody asks any more."""
    if prepare is not None:
        gc.disable()  # what is loaded stays to the end, and need not be searched for cycles now or later
        importlib.import_module(prepare)
        gc.freeze()
        gc.enable()
    while True:
        try:
            function, task = pipe.recv()
        except (EOFError, OSError):
            return
        try:
            answer: tuple[bool, Any] = (False, function(task))
        except BaseException:
            answer = (True, traceback.format_exc())
        try:
            pipe.send(answer)
        except OSError:
            sys.exit(0)
