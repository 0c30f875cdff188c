"""Units that columns are in, by the name that stands in ``Column.unit``, with what to call them in both languages.

A column whose unit differs from row to row names the column that tells it in ``Column.unit_from`` instead.
"""

from pipeline.contract.model import Column

UNITS: dict[str, tuple[str, str]] = {
    "calendar year": ("year of the Gregorian calendar", "公历年份"),
    "code point": ("code points of the decoded text", "解码文本的码点"),
    "count": ("number of things, dimensionless", "个数，无量纲"),
    "ordinal": ("place in an order, from 1, dimensionless", "序号，从 1 起，无量纲"),
    "ratio": ("one quantity over another, dimensionless", "比值，无量纲"),
}
"""Name: meaning in English and in Chinese."""


def unit_en(column: Column) -> str | None:
    """The unit of a column in English; None for a column that measures nothing. KeyError for an unknown unit."""
    if column.unit_from:
        return f"as `{column.unit_from}` says"
    return UNITS[column.unit][0] if column.unit else None


def unit_zh(column: Column) -> str | None:
    """The same in Chinese."""
    if column.unit_from:
        return f"见 `{column.unit_from}` 列"
    return UNITS[column.unit][1] if column.unit else None
