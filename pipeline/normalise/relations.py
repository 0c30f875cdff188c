"""Indicators that touch each other without being one: a part and its whole, neighbours that are easily confused."""

from collections import defaultdict
from functools import cache

from pipeline.contract.seed import seed_rows


@cache
def _related() -> dict[str, dict[str, str]]:
    """By indicator the related ones, each with the reason why the other's figures are not its own."""
    found: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for row in seed_rows("indicator_relations"):
        one, other, part = row["indicator_id"], row["other_id"], row["relation"] == "part"
        found[other][one] = "part_of_indicator" if part else "other_indicator"
        found[one][other] = "several_together" if part else "other_indicator"
    return dict(found)


def related(indicator_id: str) -> dict[str, str]:
    """Indicators whose figures stand close to this one's, sorted, with the reason against comparing: theirs is a part of
    it, they count it together with other things, or they measure something else."""
    return dict(sorted(_related().get(indicator_id, {}).items()))


@cache
def _families() -> dict[str, str]:
    """By indicator the first, by name, of all that touch it directly or through others."""
    found: dict[str, str] = {}
    for first in sorted(_related()):
        reached = [] if first in found else [first]
        while reached:
            one = reached.pop()
            if one not in found:
                found[one] = first
                reached += _related()[one]
    return found


def family(indicator_id: str) -> str:
    """The family of indicators whose figures may be held against each other, by its first member."""
    return _families().get(indicator_id, indicator_id)


@cache
def parts(indicator_id: str) -> tuple[str, ...]:
    """The indicators that are wholly a part of this one, sorted."""
    return tuple(other for other, reason in related(indicator_id).items() if reason == "part_of_indicator")
