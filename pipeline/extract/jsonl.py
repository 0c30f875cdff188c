"""Claims as the JSON objects of the annotation guideline, one a line: the form ``liaoning extract`` prints.

Which column carries which field is declared in the contract (``Column.field``); ``region`` is printed as its GB/T 2260 code.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from pipeline.contract import BY_NAME
from pipeline.contract.seed import seed_rows

# The guideline's order.
ORDER = (
    "doc",
    "start",
    "end",
    "quote",
    "indicator",
    "measure",
    "statement",
    "value",
    "low",
    "high",
    "bound",
    "unit",
    "classifier",
    "period",
    "region",
    "subject",
    "optional",
)


def fields() -> dict[str, str]:
    """Field of the guideline to column of ``claims``."""
    return {column.field: column.name for column in BY_NAME["claims"].columns if column.field is not None}


@cache
def _codes() -> dict[str, str | None]:
    """GB/T 2260 code of each region that has one."""
    return {row["region_id"]: row["gb2260"] or None for row in seed_rows("regions")}


def number(value: float | None) -> float | int | None:
    """A whole number without its point."""
    return int(value) if value is not None and value == int(value) and abs(value) < 2**53 else value


def as_object(claim: Mapping[str, Any], file: str, quote: str) -> dict[str, Any]:
    """The JSON object of a claim row; ``quote`` is the raw stretch (rows may lack it under the evidence policy)."""
    told: dict[str, Any] = {name: claim[column] for name, column in fields().items()}
    told |= {"doc": file, "quote": quote, "optional": False, "region": _codes().get(claim["region_id"])}
    for name in ("value", "low", "high"):
        told[name] = number(told[name])
    ordered = {name: told[name] for name in ORDER}
    return ordered | {"fault": True} if claim["fault"] else ordered


def objects(file: str, text: str, claims: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Objects of the claims of one document, in the claims' order; ``text`` is its raw text."""
    return (as_object(row, file, text[row["raw_start"] : row["raw_end"]]) for row in claims)


def lines(found: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """The objects as JSON lines without line ends."""
    return (json.dumps(entry, ensure_ascii=False) for entry in found)
