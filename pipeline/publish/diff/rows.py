"""Rows of any table by the key that the contract declares."""

from pipeline.contract import BY_NAME
from pipeline.publish.diff.claims import Row


def key_of(table: str, row: Row) -> str:
    """The row's key in one string, its parts joined by |; the whole row where the contract does not know the table."""
    declared = BY_NAME.get(table)
    return "|".join(str(row.get(column)) for column in (declared.key if declared else row))
