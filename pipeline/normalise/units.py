"""Units that measure the same: a figure in one of them can be given in the other."""

from fractions import Fraction
from functools import cache

from pipeline.contract.seed import seed_rows


@cache
def _scale() -> dict[str, tuple[str, Fraction]]:
    """Per unit its base and how many of the base it is."""
    return {row["unit"]: (row["base"], Fraction(row["factor"])) for row in seed_rows("unit_conversions")}


def convertible(unit: str, other: str) -> bool:
    """Whether figures in the two units can be compared."""
    if unit == other:
        return True
    scale = _scale()
    return unit in scale and other in scale and scale[unit][0] == scale[other][0]


def convert(value: float | None, unit: str, other: str) -> float | None:
    """The value in the other unit, rounded once. Raises ValueError where the units measure different things."""
    if value is None or unit == other:
        return value
    if not convertible(unit, other):
        raise ValueError(f"{unit} cannot be converted to {other}")
    scale = _scale()
    return float(Fraction(repr(value)) * scale[unit][1] / scale[other][1])


@cache
def _classifier_groups() -> dict[str, str]:
    return {row["classifier"]: row["group"] for row in seed_rows("classifier_groups")}


def same_things(classifier: str | None, other: str | None) -> bool:
    """Whether two measure words may count the same things: 户 counts subscribers, 套 devices; 个 counts anything."""
    groups = _classifier_groups()
    if classifier is None or other is None or classifier == other:
        return True
    first, second = groups.get(classifier), groups.get(other)
    return first is None or second is None or first == second
