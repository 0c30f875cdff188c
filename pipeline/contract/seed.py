"""Rows of a table under ``seeds/tables/``: the words the grammar knows and the master data."""

import csv
from functools import cache

from pipeline.contract.paths import TABLES


@cache
def seed_rows(name: str) -> tuple[dict[str, str], ...]:
    """Rows of ``seeds/tables/<name>.csv`` in file order, every value a string (empty where the cell is).

    Raises FileNotFoundError where there is no such table, ValueError where a row is longer or shorter than the head.
    """
    with (TABLES / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        reader = csv.reader(lines)
        head = next(reader, [])
        found = []
        for cells in filter(None, reader):
            if len(cells) != len(head):
                raise ValueError(f"{name}.csv, line {reader.line_num}: not as many cells as the head has")
            found.append(dict(zip(head, cells, strict=True)))
    return tuple(found)
