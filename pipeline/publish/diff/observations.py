"""Observations of two releases in pairs: the same figure, else the same question, else the same claim.

An observation's key is a hash of its series, period, statement and figure, so the same figure has the same key in every
build, and another figure another one. What a figure answers (series, period and statement) tells that two of them are the
old and the new answer to one question.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pipeline.publish.diff.claims import Pair, Row

ASKED = ("series_id", "period", "statement")


def pair_observations(
    old: Iterable[Row],
    new: Iterable[Row],
    old_claims: Mapping[str, Sequence[str]],
    new_claims: Mapping[str, Sequence[str]],
    partners: Mapping[str, str],
) -> list[Pair]:
    """Every observation once, with its partner or alone.

    ``old_claims`` and ``new_claims`` are the claims by observation, ``partners`` the newer claim of an older one.
    """
    after = {row["observation_id"]: row for row in new}
    found: list[Pair] = []
    left = []
    for row in sorted(old, key=_key):
        same = after.pop(row["observation_id"], None)
        if same is None:
            left.append(row)
        else:
            found.append((row, same))
    free = sorted(after.values(), key=_key)
    told = {
        row["observation_id"]: {
            partners[claim] for claim in old_claims.get(row["observation_id"], ()) if claim in partners
        }
        for row in left
    }

    def share(one: Row, other: Row) -> bool:
        return not told[one["observation_id"]].isdisjoint(new_claims.get(other["observation_id"], ()))

    for asked, shared in ((True, True), (True, False), (False, True)):
        candidates: defaultdict[Any, list[Row]] = defaultdict(list)
        for other in free:
            candidates[_question(other) if asked else None].append(other)
        still = []
        for row in left:
            group = candidates[_question(row) if asked else None]
            fitting = [other for other in group if not shared or share(row, other)]
            if fitting:
                best = min(fitting, key=lambda other: (other.get("preferred") is not row.get("preferred"), _key(other)))
                group.remove(best)
                found.append((row, best))
            else:
                still.append(row)
        taken = {id(other) for _, other in found}
        left, free = still, [other for other in free if id(other) not in taken]
    return found + [(row, None) for row in left] + [(None, row) for row in free]


def _key(row: Row) -> str:
    return str(row["observation_id"])


def _question(row: Row) -> tuple[Any, ...]:
    return tuple(row.get(column) for column in ASKED)
