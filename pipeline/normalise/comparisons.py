"""Every target held against the reports of its indicator, and what a report comes to beside it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from pipeline.normalise.catalogue import Catalogue
from pipeline.normalise.model import Observation
from pipeline.normalise.relations import related
from pipeline.normalise.verdicts import Judge, share_a_document

# Measures that a straight line leads to: the size of a thing or of its share. Growth, ranks and gaps do not add up.
ACCUMULATING = frozenset({"level", "share"})


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
    observations: Iterable[Observation],
    baselines: Mapping[str, Observation | None],
    known: Catalogue,
    judge: Judge,
) -> list[dict[str, Any]]:
    """Rows of the table ``comparisons``: every target with every figure it might be held against, comparable or not.

    ``baselines``: the baseline of each target by its identifier.
    """
    listed = list(observations)
    reports, targets = by_indicator(listed, "actual"), by_indicator(listed, "target")
    rows = []
    for target in listed:
        if target.statement != "target":
            continue
        baseline = baselines.get(target.observation_id)
        aim = goal(target, downwards(target, baseline, known))
        for report in candidates(target, reports, targets):
            verdict = judge.held_against(target, report)
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


def candidates(
    target: Observation, reports: Mapping[str, list[Observation]], targets: Mapping[str, list[Observation]]
) -> list[Observation]:
    """What one may be tempted to hold against a target: all reports of its indicator; for its own place and organisation
    also reports of related indicators, and what other documents aim at for any of these."""
    near = [target.indicator_id, *related(target.indicator_id)]
    found = list(reports.get(target.indicator_id, ()))
    for indicator in near[1:]:
        found += [one for one in reports.get(indicator, ()) if _same_place(target, one)]
    for indicator in near:
        found += [
            one for one in targets.get(indicator, ()) if _same_place(target, one) and not share_a_document(target, one)
        ]
    return found


def _same_place(one: Observation, other: Observation) -> bool:
    return (one.region_id, one.organisation_id) == (other.region_id, other.organisation_id)
