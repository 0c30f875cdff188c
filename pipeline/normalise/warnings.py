"""Figures that look wrong beside others: each warning names the observation, what it does not fit, and the numbers."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from pipeline.normalise.catalogue import Catalogue
from pipeline.normalise.comparisons import downwards, figure, goal
from pipeline.normalise.findings import Finding, warning
from pipeline.normalise.intervals import allowed
from pipeline.normalise.model import Observation
from pipeline.normalise.nesting import Nesting
from pipeline.normalise.sums import parts_exceeding_totals
from pipeline.normalise.years import growth_against_levels, jumps

WHOLE = 100.0


def warnings(
    observations: Sequence[Observation],
    baselines: Mapping[str, Observation | None],
    known: Catalogue,
    nesting: Nesting,
) -> list[Finding]:
    """Rows of the table ``warnings``."""
    return each_once([*standing_out(observations, baselines, known, nesting), *combined_targets(observations)])


def each_once(found: Iterable[Finding]) -> list[Finding]:
    """The warnings without those that say the same twice."""
    return list({row["warning_id"]: row for row in found}.values())


def standing_out(
    observations: Sequence[Observation],
    baselines: Mapping[str, Observation | None],
    known: Catalogue,
    nesting: Nesting,
) -> list[Finding]:
    """Figures that look wrong beside others of their indicator or of related ones."""
    return [
        *faults(observations),
        *targets_below_baseline(observations, baselines, known),
        *deadlines_past(observations),
        *shares_over_100(observations, known),
        *jumps(observations, known),
        *growth_against_levels(observations, known),
        *parts_exceeding_totals(observations, known, nesting),
    ]


def faults(observations: Iterable[Observation]) -> list[Finding]:
    """Figures that rest on a damaged numeral, whether or not the context proves its value."""
    return [
        warning("fault", one, None, {"value": one.value, "unit": one.unit, "decided": one.value is not None})
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
                warning(
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
        warning("deadline_past", one, None, {"deadline": str(one.period_end), "published": str(one.published)})
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
                found.append(warning("combined_target", one, others[0], detail))
    return found


def shares_over_100(observations: Iterable[Observation], known: Catalogue) -> list[Finding]:
    """Shares, and levels of rates in percent, above the whole."""
    return [
        warning("share_over_100", one, None, {"value": figure(one), "unit": one.unit})
        for one in observations
        if one.unit == "percent"
        and one.measure in ("share", "level")
        and known.indicators[one.indicator_id].kind == "rate"
        and (figure(one) or 0.0) > WHOLE
    ]
