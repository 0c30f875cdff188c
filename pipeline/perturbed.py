"""The command line in other surroundings than the machine's own: ``python -m pipeline.perturbed backwards crlf 4 build ...``

A module of its own that changes Python before anything of the project is imported. What an environment variable can change
(hash seed, time zone, locale, folders) is changed by whoever starts it, see ``verify``.
"""

import builtins
import functools
import io
import os
import random
import sys
from collections.abc import Callable, Iterator
from typing import Any

ORDERS: dict[str, Callable[[list[Any]], list[Any]]] = {
    "by_name": lambda names: sorted(names, key=str),
    "backwards": lambda names: sorted(names, key=str, reverse=True),
    "shuffled": lambda names: random.Random(len(names)).sample(sorted(names, key=str), len(names)),
}
"""Orders in which a folder tells its files; a real one has none that may be relied on."""
NEWLINES = {"lf": "\n", "crlf": "\r\n"}


class _Entries:
    """What ``os.scandir`` gives, from a list."""

    def __init__(self, entries: list[Any]) -> None:
        self._entries = iter(entries)

    def __iter__(self) -> Iterator[Any]:
        return self._entries

    def __next__(self) -> Any:
        return next(self._entries)

    def __enter__(self) -> "_Entries":
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """Nothing is open."""


def list_folders(order: str) -> None:
    """From now on folders tell their files in this order of :data:`ORDERS`."""
    arrange, listdir, scandir = ORDERS[order], os.listdir, os.scandir

    @functools.wraps(listdir)
    def listed(*arguments: Any) -> Any:
        return arrange(listdir(*arguments))

    @functools.wraps(scandir)
    def scanned(*arguments: Any) -> Any:
        with scandir(*arguments) as entries:
            return _Entries(arrange_entries(list(entries)))

    def arrange_entries(entries: list[Any]) -> list[Any]:
        by_name = {entry.name: entry for entry in entries}
        return [by_name[name] for name in arrange(list(by_name))]

    system: Any = os
    system.listdir, system.scandir = listed, scanned


def write_newlines(ending: str) -> None:
    """From now on text files written without saying which newlines get these of :data:`NEWLINES`."""
    newline, opened = NEWLINES[ending], io.open

    @functools.wraps(opened)
    def opening(
        file: Any,
        mode: str = "r",
        buffering: int = -1,
        encoding: str | None = None,
        errors: str | None = None,
        given: str | None = None,
        *rest: Any,
        **named: Any,
    ) -> Any:
        given = named.pop("newline", given)
        if given is None and "b" not in mode and not mode.startswith("r"):
            given = newline
        return opened(file, mode, buffering, encoding, errors, given, *rest, **named)

    modules: tuple[Any, ...] = (builtins, io)
    for module in modules:
        module.open = opening
    system: Any = os
    system.linesep = newline


def use_threads(count: int) -> None:
    """From now on Arrow, DuckDB and whoever asks for the number of processors work with so many; 1 takes the others away."""
    import duckdb
    import pyarrow as pa

    connect = duckdb.connect

    @functools.wraps(connect)
    def connected(*arguments: Any, **named: Any) -> duckdb.DuckDBPyConnection:
        connection = connect(*arguments, **named)
        connection.execute(f"SET threads = {count}")
        return connection

    duckdb.connect = connected
    pa.set_cpu_count(count)
    pa.set_io_thread_count(count)
    os.cpu_count = lambda: count
    if count == 1 and hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def main() -> None:
    """``ORDER NEWLINES THREADS`` and then a command line of ``liaoning``."""
    order, ending, threads, *command = sys.argv[1:]
    list_folders(order)
    write_newlines(ending)
    use_threads(int(threads))
    from pipeline.cli import main as run

    run(command, prog_name="liaoning")


if __name__ == "__main__":
    main()
