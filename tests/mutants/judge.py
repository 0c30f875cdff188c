"""Whether a gate goes red for a faulty table: its own gate, and the gates of the tables whose gates read it.

A gate is red when one of its checks of severity error is. So the checks are asked one by one until one is red: those that look
at every row before the bounded ones, then those that have killed most of the table's mutants so far, then the cheap ones.
"""

import hashlib
import logging
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from expectations import again, compared, normalise
from expectations.adapter import run_contract, run_rule
from expectations.contract import tables_needed
from expectations.gates import rules_of
from expectations.rule import Rule
from pipeline.contract import ALL, BY_NAME

Tables = Mapping[str, pa.Table]

BOUNDED = frozenset({"cleaned_again", "read_alone", "named_again", "compared_again"})
"""Rules that look at a part of a large build; all others look at every row of any build."""


@dataclass(frozen=True)
class Check:
    """A part of the gate of ``table``: its contract suite, or a domain rule."""

    table: str
    rule: Rule | None

    def __str__(self) -> str:
        return f"{self.table}.{self.rule.name if self.rule else 'contract'}"

    @property
    def reads(self) -> set[str]:
        """Tables it looks at."""
        return {self.table, *self.rule.needs} if self.rule else tables_needed(BY_NAME[self.table])

    @property
    def bounded(self) -> bool:
        """Whether it looks at a part of a large build only."""
        return self.rule is not None and self.rule.name in BOUNDED

    @property
    def cost(self) -> int:
        """Rank of what it takes: a statement, a suite, a function."""
        return 1 if self.rule is None else 0 if self.rule.sql else 2

    def red(self, tables: Tables) -> bool:
        """Whether the tables fail it."""
        read = {name: tables[name] for name in sorted(self.reads)}
        results = run_rule(self.rule, read) if self.rule else run_contract(self.table, read, core=True)
        return not all(result.passed for result in results)


def checks_of(table: str) -> list[Check]:
    """Every check of severity error that looks at a table."""
    every = [Check(one.name, rule) for one in ALL for rule in (None, *rules_of(one.name))]
    return [check for check in every if table in check.reads and (check.rule is None or check.rule.severity == "error")]


class Judge:
    """Judges faulty tables among the green ones; ``kills`` counts what each check saw first."""

    def __init__(self, tables: Tables) -> None:
        self.tables = dict(tables)
        self.kills: Counter[tuple[str, str]] = Counter()

    def killer(self, table: str, faulty: pa.Table, bounded_last: bool = True) -> Check | None:
        """The check that goes red for the faulty table; none where it survives. A bounded one only where no other does, or,
        with ``bounded_last`` off, as it comes, which is quicker."""
        tables = {**self.tables, table: faulty}

        def turn(check: Check) -> tuple[Any, ...]:
            return check.bounded and bounded_last, -self.kills[table, str(check)], check.cost, str(check)

        for check in sorted(checks_of(table), key=turn):
            if check.red(tables):
                self.kills[table, str(check)] += 1
                return check
        return None


@contextmanager
def remembering() -> Iterator[None]:
    """What a stage gives again for tables it was given before is not computed again; warnings of the rules are not told."""
    places: tuple[tuple[Any, str, Any], ...] = (
        (again, "clean_documents", _remembered(again.clean_documents)),
        (again, "read_documents", _remembered(again.read_documents)),
        (again, "read_batch", _remembered(again.read_batch)),
        (compared, "compared", _remembered(compared.compared)),
        (compared, "master_tables", _remembered(compared.master_tables)),
        (normalise, "master_table", _remembered(normalise.master_table)),
    )
    before = [(module, name, getattr(module, name)) for module, name, _ in places]
    log = logging.getLogger("liaoning")
    level = log.level
    try:
        log.setLevel(logging.CRITICAL)
        for module, name, value in places:
            setattr(module, name, value)
        yield
    finally:
        log.setLevel(level)
        for module, name, value in before:
            setattr(module, name, value)


def _remembered(function: Callable[..., Any]) -> Callable[..., Any]:
    known: dict[bytes, Any] = {}

    def asked(*arguments: Any) -> Any:
        digest = hashlib.sha256()
        for argument in arguments:
            _feed(digest, argument)
        key = digest.digest()
        if key not in known:
            known[key] = function(*arguments)
        return known[key]

    return asked


def _feed(digest: Any, value: Any) -> None:
    if isinstance(value, pa.Table):
        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, value.schema) as writer:
            writer.write_table(value.combine_chunks())
        digest.update(sink.getvalue())
    elif isinstance(value, dict):
        for name in sorted(value):
            digest.update(name.encode())
            _feed(digest, value[name])
    else:
        digest.update(repr(value).encode())
