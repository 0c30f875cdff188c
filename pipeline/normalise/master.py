"""Master data: regions, indicators, their synonyms and organisations, as ``seeds/tables`` states them."""

from typing import Any

import pyarrow as pa

from pipeline.contract import BY_NAME, build
from pipeline.contract.seed import seed_rows

NAMES = ("regions", "indicators", "indicator_synonyms", "organisations")


def typed(table: str, row: dict[str, str]) -> dict[str, Any]:
    """A row of a seed table with the contract's types: an empty cell is null, a year an integer.

    Raises ValueError where a cell of an integer column holds none.
    """
    found: dict[str, Any] = {}
    for name, cell in row.items():
        if not cell:
            found[name] = None
        elif name in {column.name for column in BY_NAME[table].columns if column.kind == "int"}:
            found[name] = int(cell)
        else:
            found[name] = cell
    return found


def master_table(table: str) -> pa.Table:
    """One of the master tables, sorted by its key. Raises ValueError where the seed does not fit the contract."""
    return build(table, (typed(table, row) for row in seed_rows(table)))


def master_tables() -> dict[str, pa.Table]:
    """All master tables by name."""
    return {name: master_table(name) for name in NAMES}
