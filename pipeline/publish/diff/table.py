"""A diff as an Arrow table, as the contract declares it."""

import json
from datetime import date
from typing import Any

import pyarrow as pa

from pipeline.contract import schema
from pipeline.contract.tables.changes import CHANGES
from pipeline.publish.diff.model import Difference


def as_table(difference: Difference) -> pa.Table:
    """All changes in their rank, a row each."""
    rows = [
        {
            "ordinal": ordinal,
            "table": change.table,
            "kind": change.kind,
            "old_key": change.old_key,
            "new_key": change.new_key,
            "about": change.about,
            "old": _json(change.old),
            "new": _json(change.new),
            "old_value": change.old_value,
            "new_value": change.new_value,
            "unit": change.unit,
            "relative_change": change.relative,
            "cause": change.cause.code,
            "evidence": change.cause.evidence,
            "documents": "|".join(change.documents) or None,
        }
        for ordinal, change in enumerate(difference.changes, 1)
    ]
    return pa.Table.from_pylist(rows, schema=schema(CHANGES))


def _json(cells: dict[str, Any] | None) -> str | None:
    if cells is None:
        return None
    return json.dumps(cells, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_day)


def _day(cell: object) -> str:
    if isinstance(cell, date):
        return cell.isoformat()
    raise TypeError(f"the contract has no type for {type(cell).__name__}")
