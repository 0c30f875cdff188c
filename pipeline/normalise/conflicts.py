"""Figures that cannot all hold: answers to one question that no value satisfies together."""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from pipeline.normalise.intervals import Interval, allowed, meet
from pipeline.normalise.model import Observation
from pipeline.normalise.observations import preference
from pipeline.normalise.series import identifier
from pipeline.normalise.superseding import supersedes
from pipeline.normalise.units import same_things

RULE = "sourced>not_superseded>sound_print>standing>authority>earlier_published>source_id>offset"
# What a slip multiplies by: a digit lost or added, 万 or 亿 lost or added.
DIGITS = (10.0, 100.0, 1000.0)
SCALES = (1e4, 1e8)

# Of the answers to one question so many, in the order of preference, are held against each of the others: where thousands
# disagree, who disagrees with the hundredth best tells nobody anything.
LEADING = 64

Pair = tuple[Observation, Observation]


def conflicts(observations: Iterable[Observation]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Rows of ``conflicts`` and of ``conflict_claims``. Members are the figures that some other one contradicts."""
    groups: defaultdict[tuple[str, ...], list[Observation]] = defaultdict(list)
    for observation in observations:
        for key in _questions(observation):
            groups[key].append(observation)
    rows, claims = [], []
    for key, group in sorted(groups.items()):
        pairs = [pair for pair in pairs_of(group) if contradict(*pair)]
        if not pairs:
            continue
        conflict_id = identifier("x", list(key))
        told = {one.observation_id for pair in pairs for one in pair}
        members = [one for one in group if one.observation_id in told]
        best = min(members, key=preference)
        rows.append(
            {
                "conflict_id": conflict_id,
                "series_id": best.series_id,
                "period": best.period,
                "statement": best.statement,
                "spread": spread(members),
                "cause": cause(pairs),
                "rule": RULE,
            }
        )
        chosen: dict[str, bool] = {}
        for one in members:
            for claim in one.claims:
                chosen[claim["claim_id"]] = chosen.get(claim["claim_id"], False) or one is best
        claims += [
            {"conflict_id": conflict_id, "claim_id": claim_id, "chosen": chosen[claim_id]}
            for claim_id in sorted(chosen)
        ]
    return rows, claims


def pairs_of(group: Sequence[Observation]) -> Iterator[Pair]:
    """Each two answers of which one is among the ``LEADING``."""
    ordered = sorted(group, key=preference)
    for at, one in enumerate(ordered):
        for other in ordered[: min(at, LEADING)]:
            yield other, one


def _questions(observation: Observation) -> list[tuple[str, ...]]:
    """Keys under which a figure must agree with others: all that makes a series but the population, period, statement.
    Undated, it need only agree with its own document's figures."""
    one = observation
    asked = (one.indicator_id, one.region_id, one.organisation_id, one.measure, one.basis, one.reference, one.period)
    key = (*(part or "" for part in asked), one.statement)
    if one.period is not None:
        return [key]
    return [(*key, source) for source in sorted({claim["source_id"] for claim in one.claims})]


def contradict(one: Observation, other: Observation) -> bool:
    """Whether two answers to one question cannot both hold.

    Figures of two named populations answer two questions; one that names none may mean either. A figure that takes an
    earlier one's place is its later vintage. Amounts in yuan and in dollars are two ways to say one thing; no rate
    between them is known here. Of a numeral nobody can read nothing says that it agrees.
    """
    if one.population != other.population and one.population is not None and other.population is not None:
        return False
    if _unread(one) or _unread(other):
        return True
    if one.unit != other.unit or meet(allowed(one), allowed(other)):
        return False
    return not (supersedes(one, other) or supersedes(other, one))


def _unread(one: Observation) -> bool:
    return one.value is None and one.value_low is None


def spread(group: Sequence[Observation]) -> float | None:
    """Largest over smallest value, minus 1; null where a value is missing, zero or of another sign."""
    ends = [end for one in group for end in (one.value, one.value_low, one.value_high) if end is not None]
    if any(_unread(one) for one in group) or not ends or min(ends) <= 0:
        return None
    return max(ends) / min(ends) - 1


def cause(pairs: Sequence[Pair]) -> str:
    """The likely cause that explains every pair, the surest first; ``undecided`` where none does."""
    if any(claim["fault"] for pair in pairs for one in pair for claim in one.claims):
        return "misprint"
    explanations = {
        "rounding": lambda one, other: meet(_coarser(one), _coarser(other)),
        "scale": lambda one, other: _off_by(one, other, SCALES),
        "misprint": lambda one, other: _off_by(one, other, DIGITS),
        "unit": lambda one, other: not same_things(one.classifier, other.classifier),
        "population": lambda one, other: one.population != other.population,
        "vintage": _told_at_two_times,
    }
    return next((name for name, fits in explanations.items() if all(fits(*pair) for pair in pairs)), "undecided")


def _coarser(one: Observation) -> Interval:
    """The interval had the last digit been rounded once more: twice the resolution."""
    return allowed(replace(one, resolution=2 * (one.resolution or 0.0)))


def _off_by(one: Observation, other: Observation, factors: Sequence[float]) -> bool:
    """Whether the two agree once one of them is multiplied. A figure open to one side agrees with too much to tell."""
    if math.inf in map(abs, (*allowed(one), *allowed(other))):
        return False
    return any(
        meet(_times(small, factor), allowed(large))
        for factor in factors
        for small, large in ((one, other), (other, one))
    )


def _times(one: Observation, factor: float) -> Interval:
    low, high = allowed(one)
    return low * factor, high * factor


def _told_at_two_times(one: Observation, other: Observation) -> bool:
    """Whether one was published after the other's last: a revision, though on a page that cannot take the other's place."""
    if None in (one.published, one.last_published, other.published, other.last_published):
        return False
    return one.published > other.last_published or other.published > one.last_published  # type: ignore[operator]
