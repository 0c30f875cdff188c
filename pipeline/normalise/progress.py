"""How far each target is, by the figures at hand."""

from collections.abc import Iterable
from typing import Any

from pipeline.normalise.catalogue import Catalogue
from pipeline.normalise.comparisons import (
    ACCUMULATING,
    downwards,
    expected,
    figure,
    goal,
)
from pipeline.normalise.held import Held, lateness
from pipeline.normalise.intervals import NOISE
from pipeline.normalise.model import Observation
from pipeline.normalise.verdicts import Judge, is_baseline, share_a_document

# Within a tenth of the way from baseline to target a report is on track: half a year of a five-year plan, and more than
# the rounding of printed figures.
ON_TRACK = 0.1
# In what a figure may differ and still tell where the target started from, the least difference first.
OTHER_TERMS = ("basis_differs", "unit_differs", "measure_differs")


def _latest(reports: Iterable[Observation]) -> Observation | None:
    return max(reports, key=lateness, default=None)


def baseline_of(target: Observation, reports: Iterable[Observation], judge: Judge) -> Observation | None:
    """The latest comparable figure that stood when the target was set."""
    return _latest(
        report
        for report in reports
        if is_baseline(target, report)
        and judge.usable(target, report).comparable != "no"
        and figure(report) is not None
    )


def starting_point(target: Observation, reports: Iterable[Observation], judge: Judge) -> Observation | None:
    """What the target's own documents tell of its indicator and place in other terms, where nothing comparable is told: a
    year's growth before an average, subscribers before devices, an amount before its growth. A rank tells no size."""
    found = [
        (OTHER_TERMS.index(reason), report)
        for report in reports
        if share_a_document(target, report)
        and report.measure != "rank"
        and report.organisation_id == target.organisation_id
        and (reason := judge.same_question(target, report).reason) in OTHER_TERMS
    ]
    nearest = min((distance for distance, _ in found), default=None)
    told = [report for distance, report in found if distance == nearest]
    levels = [report for report in told if report.measure == "level"]
    return _latest(levels or told)


def latest_of(target: Observation, reports: Iterable[Observation], judge: Judge) -> Observation | None:
    """The latest comparable report after the target was set and within its time."""
    return _latest(
        report
        for report in reports
        if judge.held_against(target, report).comparable != "no" and figure(report) is not None
    )


def baselines(observations: Iterable[Observation], held: Held) -> dict[str, Observation | None]:
    """The comparable baseline of every target, by the target's identifier."""
    return {
        target.observation_id: baseline_of(target, held.reports(target), held.judge)
        for target in observations
        if target.statement == "target"
    }


def reached(target: Observation, report: Observation, less: bool) -> bool:
    """Whether a report proves a target reached. 超过N asks for more than N, which 超过N reports; 近N proves nothing of N."""
    aim, value = goal(target, less), figure(report)
    if aim is None or value is None:
        return False
    gap = (aim - value) if less else (value - aim)
    if abs(gap) <= NOISE * abs(aim):
        strict = target.bound in ("gt", "lt")
        short = ("ge", "gt") if less else ("le", "lt")
        return report.bound not in short and (not strict or report.bound == target.bound)
    return gap > 0


def status(target: Observation, report: Observation | None, baseline: Observation | None, less: bool) -> str:
    """Where a target stands: ``met`` as soon as it is reached, ``missed`` when the deadline's own figure falls short.

    Before the deadline a level is held against the straight line from the baseline; without a baseline there is no line
    (``undetermined``). Growth rates, ranks and gaps have no line either: short of the target they are ``behind``.
    """
    if report is None:
        return "no_report"
    if reached(target, report, less):
        return "met"
    if target.period_end is not None and report.day is not None and report.day >= target.period_end:
        return "missed"
    if target.measure not in ACCUMULATING:
        return "behind"
    aim, value = goal(target, less), figure(report)
    line = expected(target, baseline, report.day, aim)
    start = figure(baseline) if baseline else None
    if line is None or start is None or aim is None or value is None:
        return "undetermined"
    lead = (line - value) if less else (value - line)
    tolerance = ON_TRACK * abs(aim - start)
    if lead > tolerance:
        return "ahead"
    return "behind" if lead < -tolerance else "on_track"


def progress(
    observations: Iterable[Observation], found: dict[str, Observation | None], known: Catalogue, held: Held
) -> list[dict[str, Any]]:
    """Rows of the table ``progress``, one a target; ``found`` are the comparable baselines."""
    judge = held.judge
    rows = []
    for target in observations:
        if target.statement != "target":
            continue
        told = held.reports(target)
        baseline = found[target.observation_id]
        start = baseline or starting_point(target, told, judge)
        latest = latest_of(target, told, judge)
        rows.append(
            {
                "target_observation_id": target.observation_id,
                "deadline": target.period_end,
                "baseline_observation_id": start.observation_id if start else None,
                "baseline_comparable": judge.same_question(target, start).comparable if start else None,
                "latest_observation_id": latest.observation_id if latest else None,
                "status": status(target, latest, baseline, downwards(target, baseline, known)),
                "comparable": judge.held_against(target, latest).comparable if latest else None,
            }
        )
    return rows
