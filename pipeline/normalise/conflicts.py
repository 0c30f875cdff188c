"""Claims that cannot all hold: figures for one series, period and statement that no value satisfies together."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import combinations
from typing import Any

from pipeline.normalise.intervals import Interval, allowed, meet
from pipeline.normalise.model import Observation
from pipeline.normalise.observations import supersedes
from pipeline.normalise.series import identifier
from pipeline.normalise.units import same_things

RULE = "sound_print>standing>authority>earlier_published>source_id>offset"


def conflicts(observations: Iterable[Observation]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Rows of ``conflicts`` and of ``conflict_claims``."""
    groups: defaultdict[tuple[str, ...], list[Observation]] = defaultdict(list)
    for observation in observations:
        for key in _questions(observation):
            groups[key].append(observation)
    rows, claims = [], []
    for key, group in sorted(groups.items()):
        if not _cannot_hold(group):
            continue
        conflict_id = identifier("x", list(key))
        first = group[0]
        rows.append(
            {
                "conflict_id": conflict_id,
                "series_id": first.series_id,
                "period": first.period,
                "statement": first.statement,
                "spread": spread(group),
                "cause": cause(group),
                "rule": RULE,
            }
        )
        chosen: dict[str, bool] = {}
        for one in group:
            for claim in one.claims:
                chosen[claim["claim_id"]] = chosen.get(claim["claim_id"], False) or one.preferred
        claims += [
            {"conflict_id": conflict_id, "claim_id": claim_id, "chosen": chosen[claim_id]}
            for claim_id in sorted(chosen)
        ]
    return rows, claims


def _questions(observation: Observation) -> list[tuple[str, ...]]:
    """Keys under which a figure must agree with others. Undated, it need only agree with its own document's figures."""
    if observation.period is not None:
        return [observation.group]
    return [(*observation.group, source) for source in sorted({claim["source_id"] for claim in observation.claims})]


def _cannot_hold(group: Sequence[Observation]) -> bool:
    return any(not meet(allowed(one), allowed(other)) for one, other in combinations(group, 2)) or (
        # A damaged numeral beside a sound one: nothing says they agree.
        len(group) > 1 and any(one.value is None and one.value_low is None for one in group)
    )


def spread(group: Sequence[Observation]) -> float | None:
    """Largest over smallest value, minus 1; null where a value is missing, zero or of another sign."""
    ends = [end for one in group for end in (one.value, one.value_low, one.value_high) if end is not None]
    missing = any(one.value is None and one.value_low is None for one in group)
    if missing or not ends or min(ends) <= 0:
        return None
    return max(ends) / min(ends) - 1


def cause(group: Sequence[Observation]) -> str:
    """The likely cause, the surest first: a damaged numeral, rounding, a later document, different things, nothing known."""
    if any(claim["fault"] for one in group for claim in one.claims):
        return "fault"
    if all(meet(_coarser(one), _coarser(other)) for one, other in combinations(group, 2)):
        return "rounding"
    if any(supersedes(one, other) or supersedes(other, one) for one, other in combinations(group, 2)):
        return "revision"
    other_things = any(not same_things(one.classifier, other.classifier) for one, other in combinations(group, 2))
    if other_things or len({one.linked_by for one in group}) > 1:
        return "scope"
    return "undecided"


def _coarser(one: Observation) -> Interval:
    """The interval had the last digit been rounded once more: twice the resolution."""
    return allowed(replace(one, resolution=2 * (one.resolution or 0.0)))
