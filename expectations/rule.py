"""What a gate declares: expectations that the contract implies, and domain rules found by SQL or a function."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import pyarrow as pa

Severity = Literal["error", "warning"]
Tables = Mapping[str, pa.Table]


@dataclass(frozen=True, slots=True)
class Rule:
    """A domain rule: its violations are the rows of ``sql`` (on the tables as views) or what ``find`` returns.

    ``table`` is the table it guards and counts as looked at; ``needs`` names the others it reads.
    ``why`` says in a sentence what it protects the reader from, ``advice`` what to do about a violation where that is
    more than to mend what is named.
    """

    name: str
    table: str
    severity: Severity
    why: str
    sql: str | None = None
    find: Callable[[Tables], Iterable[Mapping[str, Any]]] | None = None
    needs: tuple[str, ...] = ()
    advice: str = ""

    def __post_init__(self) -> None:
        if (self.sql is None) == (self.find is None):
            raise ValueError(f"{self.name}: a rule has either sql or a function")


@dataclass(frozen=True, slots=True)
class Result:
    """One expectation and what was seen; ``observed`` holds counts, never a text of a document."""

    table: str
    check: str
    ordinal: int
    stage: str
    expectation: str
    column: str | None
    severity: Severity
    passed: bool
    observed: str
