"""Totals against their parts."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from pipeline.normalise.catalogue import Catalogue
from pipeline.normalise.comparisons import figure
from pipeline.normalise.findings import Finding, warning
from pipeline.normalise.intervals import allowed
from pipeline.normalise.model import Observation
from pipeline.normalise.nesting import Nesting
from pipeline.normalise.relations import parts

# A place and a population.
_Place = tuple[str | None, str | None]


def parts_exceeding_totals(observations: Iterable[Observation], known: Catalogue, nesting: Nesting) -> list[Finding]:
    """Totals smaller than a part of them: than the divisions within the place together or a zone there, than a narrower
    population, than an indicator that is a part of theirs. Only what adds up: levels and increments of stocks and flows,
    told in one unit for one time."""
    asked: defaultdict[tuple[Any, ...], dict[str, list[Observation]]] = defaultdict(lambda: defaultdict(list))
    for one in observations:
        adds_up = known.indicators[one.indicator_id].kind in ("stock", "flow") and one.organisation_id is None
        if adds_up and one.preferred and one.measure in ("level", "increment") and one.unit != "percent":
            key = (one.measure, one.basis, one.statement, one.unit, *_time(one))
            asked[key][one.indicator_id].append(one)
    found = []
    for _, told in sorted(asked.items(), key=lambda item: tuple(str(part) for part in item[0])):
        for indicator, group in sorted(told.items()):
            figures = _Figures(group, [one for part in parts(indicator) for one in told.get(part, ())], nesting)
            for total in group:
                for part in figures.parts_of(total):
                    if _exceed(part, total):
                        largest = max(part, key=lambda one: (allowed(one)[0], one.observation_id))
                        detail = {"parts": [figure(one) for one in part], "total": figure(total), "unit": total.unit}
                        found.append(warning("parts_exceed_total", total, largest, detail))
    return found


class _Figures:
    """Figures of one indicator and time (``group``), and of the indicators that are parts of it (``narrower``), by place."""

    def __init__(self, group: Iterable[Observation], narrower: Iterable[Observation], nesting: Nesting) -> None:
        self._within = _by((nesting.parent(one.region_id), one.population, one) for one in group)
        self._populated = _by((one.region_id, None, one) for one in group if one.population)
        self._narrower = _by((one.region_id, None, one) for one in narrower)

    def parts_of(self, total: Observation) -> list[list[Observation]]:
        """Sets of figures that together are no more than the total. Zones overlap the divisions, so each stands alone."""
        place = total.region_id
        if place is None:
            return []
        within = self._within.get((place, total.population), [])
        divisions = [one for one in within if (one.region_id or "").isdigit()]
        alone = [one for one in within if not (one.region_id or "").isdigit()]
        if total.population is None:
            alone += self._populated.get((place, None), [])
            alone += self._narrower.get((place, None), [])
        return [divisions, *([one] for one in alone)]


def _by(told: Iterable[tuple[str | None, str | None, Observation]]) -> dict[_Place, list[Observation]]:
    found: defaultdict[_Place, list[Observation]] = defaultdict(list)
    for place, population, one in told:
        found[place, population].append(one)
    return dict(found)


def _time(one: Observation) -> tuple[Any, ...]:
    """When a figure holds: its period, or the day its document came out where it tells none."""
    return (one.period_start, one.period_end) if one.period_end else (None, one.published)


def _exceed(part: Sequence[Observation], total: Observation) -> bool:
    """Whether the least the parts may be is more than the most the total may be."""
    least = sum(max(allowed(one)[0], 0.0) for one in part)
    return bool(part) and least > allowed(total)[1]
