"""Whether a figure can be one of an indicator's, by its measure and unit."""

from functools import cache

from pipeline.contract.seed import seed_rows
from pipeline.normalise.catalogue import Indicator, Synonym
from pipeline.normalise.units import convertible


@cache
def currencies() -> frozenset[str]:
    """Codes of the currencies a figure may be in: those named by a word and those of a region."""
    return frozenset(row["unit"] for name in ("currency_words", "region_currencies") for row in seed_rows(name))


def acceptable(indicator: Indicator, measure: str, unit: str) -> bool:
    """Whether a figure of that measure and unit can be one of the indicator's.

    A share or a rate belongs to a rate; a growth rate, a rank or a gap to anything; so does a change in percentage points,
    which of an amount is the change of its growth. A level or increment shares its unit, amounts of money in any currency.
    """
    rate = indicator.unit in ("percent", "ratio")
    if measure == "share":
        return rate
    if measure in ("level", "increment"):
        return _measures_the_same(unit, indicator.unit)
    if measure == "change":
        return unit in ("percentage_point", "rank") or _measures_the_same(unit, indicator.unit)
    if measure == "growth_rate":
        return unit in ("percent", "multiple", "per_mille", indicator.unit)
    return True


def _measures_the_same(unit: str, usual: str) -> bool:
    return convertible(unit, usual) or {unit, usual} <= currencies()


def best(synonyms: tuple[Synonym, ...], measure: str, unit: str, indicators: dict[str, Indicator]) -> Synonym | None:
    """Of several indicators with one wording, one in the very unit of the claim, else the first by identifier."""
    fitting = [s for s in synonyms if acceptable(indicators[s.indicator_id], measure, unit)]
    return min(fitting, key=lambda s: (indicators[s.indicator_id].unit != unit, s.indicator_id, s.text), default=None)
