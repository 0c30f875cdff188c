"""The figure of a row, and how far two figures lie apart."""

from collections.abc import Mapping
from typing import Any

FIGURE = ("value", "value_low", "value_high", "bound", "unit")
"""Columns of a claim or an observation that make up its figure."""
ENDS = ("value", "value_low", "value_high")


def middle(row: Mapping[str, Any]) -> float | None:
    """The value, or the middle of a range, or the one end there is.

    >>> middle({"value": None, "value_low": 90.0, "value_high": 95.0})
    92.5
    """
    if row.get("value") is not None:
        return float(row["value"])
    ends = [row[name] for name in ENDS if row.get(name) is not None]
    return sum(ends) / len(ends) if ends else None


def relative_change(old: Mapping[str, Any], new: Mapping[str, Any]) -> float | None:
    """Largest difference of value or ends over the larger magnitude, from 0 (equal) to 2 (the sign turned).

    None where units differ or one of the two gives no number: such figures cannot be held against one another. The
    measure is bounded, so a slip by 万 does not drown all else, and the same in both directions.

    >>> relative_change({"value": 30.0, "unit": "km"}, {"value": 300.0, "unit": "km"})
    0.9
    >>> relative_change({"value": 30.0, "unit": "km"}, {"value": 30.0, "unit": "m"})
    """
    if old.get("unit") != new.get("unit"):
        return None
    pairs = [(old[name], new[name]) for name in ENDS if old.get(name) is not None and new.get(name) is not None]
    if not pairs:
        one, other = middle(old), middle(new)
        if one is None or other is None:
            return None
        pairs = [(one, other)]
    return max(round(_apart(*pair), 12) for pair in pairs)


def _apart(one: float, other: float) -> float:
    # Halves, so that the largest numbers a float can hold do not overflow.
    largest = max(abs(one), abs(other))
    return abs(one / 2 - other / 2) / largest * 2 if largest else 0.0
