"""Figures against the other years of their series: jumps, and growth that the levels cannot give."""

import math
from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from pipeline.normalise.catalogue import Catalogue
from pipeline.normalise.comparisons import figure
from pipeline.normalise.findings import Finding, warning
from pipeline.normalise.intervals import Interval, allowed, meet
from pipeline.normalise.model import Observation

# Within a year, or from one printing of a figure to the next, a level that is ten times larger or smaller is more often a
# slip of a digit than growth. Over more years a new thing may well grow so; ten thousand times are a slip of 万 at any time.
JUMP = 10.0
SLIP_OF_WAN = 10_000.0
YEAR = 366
# Spans of which one is longer by more than this part are not of one length: two months against a year.
SPAN = 0.1
# Growth in percent that levels may miss by rounding alone; of money also by prices, for growth is told at constant ones.
GROWTH_SLACK = 1.0
PRICE_SLACK = 10.0


def jumps(observations: Iterable[Observation], known: Catalogue) -> list[Finding]:
    """Levels told as facts that differ by an order of magnitude, the later one named first: neighbours in a series, and
    printings of one figure."""
    series: defaultdict[str, list[Observation]] = defaultdict(list)
    for one in observations:
        if one.statement == "actual" and one.measure == "level" and one.period_end and figure(one):
            series[one.series_id].append(one)
    found = []
    for _, figures in sorted(series.items()):
        figures.sort(key=lambda one: (one.period_end, one.period or "", one.order, one.observation_id))
        neighbours = pairwise(one for one in figures if one.preferred)
        printings = [(one, other) for one, other in pairwise(figures) if one.group == other.group]
        for earlier, later in [*neighbours, *printings]:
            kind = _jump(earlier, later, known.indicators[later.indicator_id].kind == "flow")
            if kind:
                detail = {"from": figure(earlier), "to": figure(later), "unit": later.unit}
                found.append(warning(kind, later, earlier, detail))
    return found


def _jump(earlier: Observation, later: Observation, flow: bool) -> str | None:
    """The kind of jump between two figures of a series, if it is one. Flows must be of spans of one length."""
    before, after = figure(earlier) or 0.0, figure(later) or 0.0
    if before * after <= 0 or (flow and not _same_length(earlier, later)):
        return None
    times = max(after / before, before / after)
    if times >= SLIP_OF_WAN:
        return "scale_jump"
    assert earlier.period_end is not None and later.period_end is not None
    return "jump" if times >= JUMP and (later.period_end - earlier.period_end).days <= YEAR else None


def _same_length(one: Observation, other: Observation) -> bool:
    first, second = _days(one), _days(other)
    return first is None or second is None or abs(first - second) <= SPAN * max(first, second)


def _days(one: Observation) -> int | None:
    return (one.period_end - one.period_start).days + 1 if one.period_start and one.period_end else None


def growth_against_levels(observations: Iterable[Observation], known: Catalogue) -> list[Finding]:
    """Rates of growth on the year before that the levels of the two years, where both are told, cannot give."""
    levels: dict[tuple[Any, ...], Observation] = {}
    rates = []
    for one in observations:
        if one.statement != "actual" or not one.preferred or one.period_end is None:
            continue
        if one.measure == "level" and one.value is not None and one.value > 0:
            levels[(*_subject(one), one.period_start, one.period_end)] = one
        elif one.measure == "growth_rate" and one.basis == "yoy" and one.unit == "percent":
            rates.append(one)
    found = []
    for rate in rates:
        spans = (rate.period_start, rate.period_end)
        now = levels.get((*_subject(rate), *spans))
        before = levels.get((*_subject(rate), *(_year_before(day) for day in spans)))
        if now is None or before is None or now.unit != before.unit:
            continue
        slack = PRICE_SLACK if known.indicators[rate.indicator_id].unit == "CNY" else GROWTH_SLACK
        if not meet(allowed(rate), _growth(allowed(before), allowed(now), slack)):
            detail = {"growth": figure(rate), "from": figure(before), "to": figure(now), "unit": now.unit}
            found.append(warning("growth_mismatch", rate, now, detail))
    return found


def _subject(one: Observation) -> tuple[Any, ...]:
    return one.indicator_id, one.region_id, one.organisation_id, one.population


def _year_before(day: date | None) -> date | None:
    """The same day a year earlier; the last of February stays the last."""
    if day is None:
        return None
    last = day.month == 2 and (day + timedelta(days=1)).month == 3
    return day.replace(year=day.year - 1, day=monthrange(day.year - 1, 2)[1] if last else day.day)


def _growth(before: Interval, now: Interval, slack: float) -> Interval:
    """The growth in percent that two levels allow, widened by ``slack`` points."""
    least = (max(now[0], 0.0) / before[1] - 1) * 100 - slack
    most = (now[1] / before[0] - 1) * 100 + slack if before[0] > 0 else math.inf
    return least, most
