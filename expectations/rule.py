"""What a gate declares: expectations that the contract implies, and domain rules found by SQL or a function."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from expectations.tables import Tables
from pipeline.contract import BY_NAME

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Rule:
    """A domain rule: its violations are the rows of ``sql`` (on the tables as views) or what ``find`` returns.

    ``table`` is the table it guards and counts as looked at; ``needs`` names the others it reads.
    ``why`` says in a sentence what it protects the reader from, ``advice`` what to do about a violation where that is
    more than to mend what is named. ``alone``: it looks at one document at a time, so that batches of documents can be
    judged where they are made; any other function must not ask for a whole table that grows with the documents.
    """

    name: str
    table: str
    severity: Severity
    why: str
    sql: str | None = None
    find: Callable[[Tables], Iterable[Mapping[str, Any]]] | None = None
    needs: tuple[str, ...] = ()
    advice: str = ""
    alone: bool = False

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


def as_rows(results: Iterable[Result]) -> list[dict[str, Any]]:
    """Results as rows of the table ``quality``."""
    names = [column.name for column in BY_NAME["quality"].columns]
    return [{name: getattr(result, name) for name in names} for result in results]
