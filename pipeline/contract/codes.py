"""Code lists: rows of ``seeds/tables/codes.csv``, checked once when read."""

import csv
from functools import cache

from pipeline.contract.paths import TABLES

FIELDS = ("list", "code", "name_zh", "name_en", "definition_zh", "definition_en")
EXTENDS = {"evaluated_kind": "document_type"}
"""Lists that hold all codes of another one beside their own."""


@cache
def rows() -> tuple[dict[str, str], ...]:
    """All entries, sorted by list and code. Raises ValueError for a missing field or an entry given twice."""
    with (TABLES / "codes.csv").open(encoding="utf-8", newline="") as lines:
        entries = [dict(row) for row in csv.DictReader(lines)]
    for name, other in EXTENDS.items():
        entries += [{**entry, "list": name} for entry in entries if entry["list"] == other]
    seen: set[tuple[str, str]] = set()
    for entry in entries:
        if tuple(entry) != FIELDS or not all(entry.values()):
            raise ValueError(f"codes.csv: an entry lacks a field: {entry}")
        key = (entry["list"], entry["code"])
        if key in seen:
            raise ValueError(f"codes.csv: {key} is given twice")
        seen.add(key)
    return tuple(sorted(entries, key=lambda entry: (entry["list"], entry["code"])))


@cache
def codes_of(name: str) -> frozenset[str]:
    """The codes of a list. KeyError where there is no such list."""
    found = frozenset(row["code"] for row in rows() if row["list"] == name)
    if not found:
        raise KeyError(f"codes.csv has no list {name}")
    return found
