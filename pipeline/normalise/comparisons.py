"""Every target held against the reports of its indicator, and what a report comes to beside it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from pipeline.normalise.catalogue import Catalogue
from pipeline.normalise.model import Observation
from pipeline.normalise.relations import related
from pipeline.normalise.told import Elsewhere, Subject, by_subject, subject
from pipeline.normalise.verdicts import Judge, Verdict, share_a_document

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


def comparisons(
    observations: Iterable[Observation],
    baselines: Mapping[str, Observation | None],
    known: Catalogue,
    judge: Judge,
) -> list[dict[str, Any]]:
    """Rows of the table ``comparisons``: every target with every figure it might be held against, comparable or not; of
    the reports about other places and organisations with the nearest (``told.ELSEWHERE``).

    ``baselines``: the baseline of each target by its identifier.
    """
    listed = list(observations)
    reports, targets = by_subject(listed, "actual"), by_subject(listed, "target")
    elsewhere = _elsewhere(reports, judge)
    # Of another place the place alone decides, so one verdict holds for all targets of a subject.
    others: dict[Subject, list[tuple[Observation, Verdict | None]]] = {}
    rows = []
    for target in listed:
        if target.statement != "target":
            continue
        whom = subject(target)
        if whom not in others:
            beside = elsewhere[target.indicator_id].beside(whom) if target.indicator_id in elsewhere else []
            others[whom] = [(one, judge.of_place(target, one)) for one in beside]
        baseline = baselines.get(target.observation_id)
        aim = goal(target, downwards(target, baseline, known))
        own = [(one, None) for one in candidates(target, reports, targets)]
        for report, decided in (*own, *others[whom]):
            verdict = decided or judge.held_against(target, report)
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


def _elsewhere(reports: Mapping[Subject, list[Observation]], judge: Judge) -> dict[str, Elsewhere]:
    by_indicator: defaultdict[str, list[Observation]] = defaultdict(list)
    for (indicator_id, _, _), told in reports.items():
        by_indicator[indicator_id] += told
    return {indicator_id: Elsewhere(told, judge.nesting) for indicator_id, told in by_indicator.items()}


def candidates(
    target: Observation, reports: Mapping[Subject, list[Observation]], targets: Mapping[Subject, list[Observation]]
) -> list[Observation]:
    """What one may be tempted to hold against a target of its own place and organisation: reports of its indicator and of
    related ones, and what other documents aim at for any of these."""
    indicator_id, *place = subject(target)
    near = [(one, *place) for one in (indicator_id, *related(indicator_id))]
    found = [one for whom in near for one in reports.get(whom, ())]
    return found + [one for whom in near for one in targets.get(whom, ()) if not share_a_document(target, one)]
