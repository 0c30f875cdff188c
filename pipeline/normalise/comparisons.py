"""A target held against a report of the same indicator: may the two be compared, and if not, why not."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pipeline.normalise.catalogue import Catalogue
from pipeline.normalise.model import Observation
from pipeline.normalise.units import convertible, same_things

# Measures that a straight line leads to: the size of a thing or of its share. Growth, ranks and gaps do not add up.
ACCUMULATING = frozenset({"level", "share"})


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether two figures may be compared (``yes``, ``likely``, ``no``) and the first reason that decides it."""

    comparable: str
    reason: str


def same_question(target: Observation, report: Observation) -> Verdict:
    """Whether the two are figures of one series, whatever their dates. The first difference in this order is the reason.

    Place; added against standing; measure, basis; unit or thing counted; population. A population that only one of them
    names is the one difference that leaves them likely comparable.
    """
    if target.region_id != report.region_id:
        return Verdict("no", "place_differs")
    measures = {target.measure, report.measure}
    if measures == {"level", "increment"}:
        return Verdict("no", "flow_against_stock")
    if len(measures) > 1:
        return Verdict("no", "measure_differs")
    if target.basis != report.basis:
        return Verdict("no", "basis_differs")
    if not convertible(target.unit, report.unit) or not same_things(target.classifier, report.classifier):
        return Verdict("no", "unit_differs")
    if target.organisation_id != report.organisation_id or target.reference != report.reference:
        return Verdict("no", "population_differs")
    if target.population != report.population:
        if target.population is None or report.population is None:
            return Verdict("likely", "population_unstated")
        return Verdict("no", "population_differs")
    return Verdict("yes", "same_series")


def held_against(target: Observation, report: Observation) -> Verdict:
    """As ``same_question``, and the figure must be a report of the target's time: what stood when the target was set is
    its baseline, what came after its deadline says nothing of it."""
    verdict = same_question(target, report)
    if verdict.comparable == "no":
        return verdict
    if is_baseline(target, report):
        return Verdict("no", "before_target")
    return verdict if in_time(target, report) else Verdict("no", "outside_period")


def in_time(target: Observation, report: Observation) -> bool:
    """Whether a report falls in the time of a target: by its deadline, or inside the span it is set for."""
    day = report.day
    if day is None or target.period_end is None:
        return True
    if day > target.period_end:
        return False
    return target.period_kind != "span" or target.period_start is None or day >= target.period_start


def is_baseline(target: Observation, report: Observation) -> bool:
    """Whether a reported figure was already there when the target was set."""
    if report.day is None or target.published is None:
        return bool({claim["source_id"] for claim in report.claims} & {claim["source_id"] for claim in target.claims})
    return report.day <= target.published


def goal(target: Observation, downwards: bool) -> float | None:
    """The value to be reached: the near end of a range."""
    if target.value is not None:
        return target.value
    return target.value_high if downwards else target.value_low


def figure(report: Observation) -> float | None:
    """The value a report stands for: a range's lower end, for no more is sure."""
    return report.value if report.value is not None else report.value_low


def downwards(target: Observation, baseline: Observation | None, known: Catalogue) -> bool:
    """Whether less is better: for a cap, a rank, an indicator that is to fall; a neutral one goes where the target lies."""
    if target.bound in ("le", "lt") or target.measure == "rank":
        return True
    direction = known.indicators[target.indicator_id].direction
    if direction != "neutral" or baseline is None:
        return direction == "down"
    aim, start = goal(target, False), figure(baseline)
    return aim is not None and start is not None and aim < start


def expected(target: Observation, baseline: Observation | None, day: date | None, aim: float | None) -> float | None:
    """What the straight line from the baseline to the target gives for a day; null without both ends or a day."""
    if baseline is None or day is None or aim is None or target.measure not in ACCUMULATING:
        return None
    start, begin, end = figure(baseline), baseline.day, target.period_end
    if start is None or begin is None or end is None or end <= begin:
        return None
    elapsed = min(max((day - begin).days / (end - begin).days, 0.0), 1.0)
    return start + (aim - start) * elapsed


def ratio(report: Observation, aim: float | None) -> float | None:
    """Report over target; null where either has no value or the target is nothing."""
    value = figure(report)
    return None if value is None or not aim else value / aim


def by_indicator(observations: Iterable[Observation], statement: str) -> dict[str, list[Observation]]:
    """Observations of one statement by indicator, each list in the order given."""
    found: defaultdict[str, list[Observation]] = defaultdict(list)
    for observation in observations:
        if observation.statement == statement:
            found[observation.indicator_id].append(observation)
    return dict(found)


def comparisons(
    observations: Iterable[Observation], baselines: Mapping[str, Observation | None], known: Catalogue
) -> list[dict[str, Any]]:
    """Rows of the table ``comparisons``: every target with every reported figure of its indicator, comparable or not.

    ``baselines``: the baseline of each target by its identifier.
    """
    listed = list(observations)
    reports = by_indicator(listed, "actual")
    rows = []
    for target in listed:
        if target.statement != "target":
            continue
        baseline = baselines.get(target.observation_id)
        aim = goal(target, downwards(target, baseline, known))
        for report in reports.get(target.indicator_id, ()):
            verdict = held_against(target, report)
            compared = verdict.comparable != "no"
            rows.append(
                {
                    "target_observation_id": target.observation_id,
                    "reported_observation_id": report.observation_id,
                    "comparable": verdict.comparable,
                    "reason": verdict.reason,
                    "ratio": ratio(report, aim) if compared else None,
                    "expected": expected(target, baseline, report.day, aim) if compared else None,
                }
            )
    return rows
