"""Every target held against the reports of its indicator, and what a report comes to beside it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pipeline.normalise.catalogue import Catalogue
from pipeline.normalise.held import Held
from pipeline.normalise.model import Observation
from pipeline.normalise.told import Elsewhere, Subject, subject
from pipeline.normalise.verdicts import Judge

COLUMNS = (
    "target_observation_id",
    "reported_observation_id",
    "comparable",
    "reason",
    "ratio",
    "expected",
)

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
    held: Held,
) -> list[dict[str, Any]]:
    """Rows of the table ``comparisons``, as ``comparison_columns`` has them."""
    columns = comparison_columns(observations, baselines, known, held)
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def comparison_columns(
    observations: Iterable[Observation],
    baselines: Mapping[str, Observation | None],
    known: Catalogue,
    held: Held,
) -> dict[str, list[Any]]:
    """The columns of the table ``comparisons``: every target with the figures it might be held against, comparable or not:
    those about its own place and organisation (``held.OWN``), and the nearest about others (``told.ELSEWHERE``).

    ``baselines``: the baseline of each target by its identifier.
    """
    listed = list(observations)
    judge = held.judge
    elsewhere = _elsewhere(listed, judge)
    others: dict[Subject, _Others] = {}
    made: dict[str, list[Any]] = {name: [] for name in COLUMNS}
    aims, told, comparable, reasons, ratios, lines = made.values()
    for target in listed:
        if target.statement != "target":
            continue
        whom = subject(target)
        if whom not in others:
            beside = elsewhere[target.indicator_id].beside(whom) if target.indicator_id in elsewhere else []
            others[whom] = _Others.of(target, beside, judge)
        baseline = baselines.get(target.observation_id)
        aim = goal(target, downwards(target, baseline, known))
        for report in (*held.against(target), *others[whom].here):
            verdict = judge.held_against(target, report)
            compared = verdict.comparable != "no"
            told.append(report.observation_id)
            comparable.append(verdict.comparable)
            reasons.append(verdict.reason)
            ratios.append(ratio(report, aim) if compared else None)
            lines.append(expected(target, baseline, report.day, aim) if compared else None)
        there = others[whom].there
        told += there
        reasons += others[whom].reasons
        comparable += ["no"] * len(there)
        ratios += [None] * len(there)
        lines += [None] * len(there)
        aims += [target.observation_id] * (len(told) - len(aims))
    return made


@dataclass(frozen=True, slots=True)
class _Others:
    """Reports about others than a subject: those ``here``, at its place, each target has to be held against; of those
    elsewhere (``there``: identifiers) the place alone decides, so the reasons hold for all targets of the subject."""

    here: list[Observation]
    there: list[str]
    reasons: list[str]

    @classmethod
    def of(cls, target: Observation, reports: Iterable[Observation], judge: Judge) -> "_Others":
        """The reports, as any target of the subject sees them."""
        listed = list(reports)
        there = [report for report in listed if report.region_id != target.region_id]
        return cls(
            [report for report in listed if report.region_id == target.region_id],
            [report.observation_id for report in there],
            [judge.of_place(target.region_id, report.region_id) for report in there],
        )


def _elsewhere(observations: Iterable[Observation], judge: Judge) -> dict[str, Elsewhere]:
    by_indicator: defaultdict[str, list[Observation]] = defaultdict(list)
    for one in observations:
        if one.statement == "actual":
            by_indicator[one.indicator_id].append(one)
    return {indicator_id: Elsewhere(told, judge.nesting) for indicator_id, told in by_indicator.items()}
