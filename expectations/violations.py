"""What violates a rule, told by its keys; and what a worker finds in a batch of documents it has made."""

import logging
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from expectations.rule import Rule
from expectations.tables import Tables

log = logging.getLogger("liaoning")

RAISED = "raised"
"""Stands for the class of the exception in the one row that a rule gives which could not look."""
KEYS = ("_id", "_start", "_end", "table", "column", "ordinal", "level", "list", "code")


def violations_of(rule: Rule, tables: Tables) -> Iterator[Mapping[str, Any]]:
    """What violates a rule, as keys; of a rule that looks at documents alone each with its ``source_id``. A rule that raises gives a row that
    says so: it did not look."""
    try:
        for row in _rows(rule, tables):
            yield {"source_id": _document(row), **_keys(row)} if rule.alone else _keys(row)
    except Exception as error:  # whatever it was, the rule did not look
        log.debug("%s raised", rule.name, exc_info=True)
        yield {"source_id": "", RAISED: type(error).__name__}


def _rows(rule: Rule, tables: Tables) -> Iterable[Mapping[str, Any]]:
    if rule.sql is not None:
        return tables.answers(rule.sql)
    assert rule.find is not None
    return rule.find(tables)


def _document(row: Mapping[str, Any]) -> str:
    """The document of a violation: an identifier of a claim or a passage begins with it."""
    if row.get("source_id") is not None:
        return str(row["source_id"])
    if row.get("claim_id") is not None:
        return str(row["claim_id"]).rpartition(":")[0]
    return str(row["passage_id"]).rpartition("/")[0]


def _keys(row: Mapping[str, Any]) -> dict[str, Any]:
    """The keys and offsets of a violation, nothing that an evidence policy governs."""
    return {name: value for name, value in row.items() if name.endswith(KEYS) and value is not None}
