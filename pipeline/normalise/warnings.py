"""Figures that look wrong beside others: each warning names the observation, what it does not fit, and the numbers."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

import pyarrow as pa

from pipeline.normalise.catalogue import Catalogue
from pipeline.normalise.comparisons import downwards, figure, goal
from pipeline.normalise.intervals import allowed
from pipeline.normalise.model import Observation
from pipeline.normalise.series import canonical, identifier

# From one figure of a series to the next, a level that is ten times larger or smaller is more often a slip of 万 or of a
# digit than growth.
JUMP = 10.0
WHOLE = 100.0

Finding = dict[str, Any]


def warnings(
    observations: Sequence[Observation],
    baselines: Mapping[str, Observation | None],
    known: Catalogue,
    regions: pa.Table,
) -> list[Finding]:
    """Rows of the table ``warnings``."""
    rows = [
        *faults(observations),
        *targets_below_baseline(observations, baselines, known),
        *deadlines_past(observations),
        *combined_targets(observations),
        *shares_over_100(observations, known),
        *jumps(observations),
        *parts_exceeding_totals(observations, known, regions),
    ]
    return list({row["warning_id"]: row for row in rows}.values())


def _warning(kind: str, one: Observation, other: Observation | None, detail: Mapping[str, Any]) -> Finding:
    other_id = other.observation_id if other else None
    return {
        "warning_id": identifier("w", [kind, one.observation_id, other_id]),
        "kind": kind,
        "observation_id": one.observation_id,
        "other_observation_id": other_id,
        "claim_id": one.claims[0]["claim_id"],
        "detail": canonical(detail),
    }


def faults(observations: Iterable[Observation]) -> list[Finding]:
    """Figures that rest on a damaged numeral, whether or not the context proves its value."""
    return [
        _warning("fault", one, None, {"value": one.value, "unit": one.unit, "decided": one.value is not None})
        for one in observations
        if any(claim["fault"] for claim in one.claims)
    ]


def targets_below_baseline(
    observations: Iterable[Observation], baselines: Mapping[str, Observation | None], known: Catalogue
) -> list[Finding]:
    """Targets that lie behind what already stood: a slip, or a target of what is to be built that reads like a total.

    Only levels of stocks, rates and indices: a year's flow may well be planned below an earlier one.
    """
    found = []
    for target in observations:
        baseline = baselines.get(target.observation_id)
        indicator = known.indicators[target.indicator_id]
        if (
            baseline is None
            or target.measure != "level"
            or indicator.kind == "flow"
            or indicator.direction == "neutral"
        ):
            continue
        less = downwards(target, baseline, known)
        aim, start = goal(target, less), figure(baseline)
        if aim is None or start is None:
            continue
        behind = allowed(target)[0] > allowed(baseline)[1] if less else allowed(target)[1] < allowed(baseline)[0]
        if behind or (target.bound in ("ge", "gt") and not less and aim < start):
            found.append(
                _warning(
                    "target_below_baseline",
                    target,
                    baseline,
                    {"target": aim, "baseline": start, "unit": target.unit},
                )
            )
    return found


def deadlines_past(observations: Iterable[Observation]) -> list[Finding]:
    """Targets due before the first document that sets them was published."""
    return [
        _warning("deadline_past", one, None, {"deadline": str(one.period_end), "published": str(one.published)})
        for one in observations
        if one.statement == "target" and one.period_end and one.published and one.period_end < one.published
    ]


def combined_targets(observations: Sequence[Observation]) -> list[Finding]:
    """Targets whose one number is set for several indicators at once, so that no part's own number is told."""
    by_claim: defaultdict[str, list[Observation]] = defaultdict(list)
    for one in observations:
        if one.statement == "target":
            for claim in one.claims:
                by_claim[claim["claim_id"]].append(one)
    found = []
    for _, together in sorted(by_claim.items()):
        for one in together:
            others = [other for other in together if other.indicator_id != one.indicator_id]
            if others:
                detail = {"value": figure(one), "unit": one.unit, "indicators": [o.indicator_id for o in together]}
                found.append(_warning("combined_target", one, others[0], detail))
    return found


def shares_over_100(observations: Iterable[Observation], known: Catalogue) -> list[Finding]:
    """Shares, and levels of rates in percent, above the whole."""
    return [
        _warning("share_over_100", one, None, {"value": figure(one), "unit": one.unit})
        for one in observations
        if one.unit == "percent"
        and one.measure in ("share", "level")
        and known.indicators[one.indicator_id].kind == "rate"
        and (figure(one) or 0.0) > WHOLE
    ]


def jumps(observations: Iterable[Observation]) -> list[Finding]:
    """Neighbours in a series of facts that differ by an order of magnitude, the later one named first."""
    series: defaultdict[str, list[Observation]] = defaultdict(list)
    for one in observations:
        if one.statement == "actual" and one.measure == "level" and one.period_end and one.preferred and figure(one):
            series[one.series_id].append(one)
    found = []
    for _, figures in sorted(series.items()):
        figures.sort(key=lambda one: (one.period_end, one.period or "", one.observation_id))
        for earlier, later in pairwise(figures):
            before, after = figure(earlier) or 0.0, figure(later) or 0.0
            times = after / before
            if times >= JUMP or 0 < times <= 1 / JUMP:
                detail = {"from": before, "to": after, "unit": later.unit}
                found.append(_warning("jump", later, earlier, detail))
    return found


def parts_exceeding_totals(observations: Iterable[Observation], known: Catalogue, regions: pa.Table) -> list[Finding]:
    """Totals smaller than a part, or than the sum of the places within: cities against their province, a population
    against all. Only what adds up: levels and increments of stocks and flows, in one unit, period and statement."""
    parent = dict(zip(regions.column("region_id").to_pylist(), regions.column("parent_id").to_pylist(), strict=True))
    asked: defaultdict[tuple[Any, ...], list[Observation]] = defaultdict(list)
    for one in observations:
        adds_up = known.indicators[one.indicator_id].kind in ("stock", "flow") and one.organisation_id is None
        if adds_up and one.preferred and one.measure in ("level", "increment") and one.unit != "percent":
            key = (one.indicator_id, one.measure, one.basis, one.statement, one.period or "", one.unit)
            asked[key].append(one)
    found = []
    for _, group in sorted(asked.items()):
        for total in group:
            within = [
                o
                for o in group
                if o.population == total.population and parent.get(o.region_id or "") == total.region_id
            ]
            narrower = [
                o for o in group if o.region_id == total.region_id and total.population is None and o.population
            ]
            for parts in [within, *([part] for part in narrower)]:
                if total.region_id is not None and _exceed(parts, total):
                    largest = max(parts, key=lambda part: (allowed(part)[0], part.observation_id))
                    detail = {"parts": [figure(part) for part in parts], "total": figure(total), "unit": total.unit}
                    found.append(_warning("parts_exceed_total", total, largest, detail))
    return found


def _exceed(parts: Sequence[Observation], total: Observation) -> bool:
    """Whether the least the parts may be is more than the most the total may be."""
    least = sum(max(allowed(part)[0], 0.0) for part in parts)
    return bool(parts) and least > allowed(total)[1]
