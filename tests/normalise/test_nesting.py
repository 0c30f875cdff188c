"""Which place lies in which, and the tables that say what belongs together."""

import pytest

from pipeline.contract.seed import seed_rows
from tests.normalise.builders import nesting


@pytest.mark.parametrize(
    ("wider", "narrower", "holds"),
    [
        ("210000", "210100", True),
        ("210100", "210000", False),
        ("100000", "210100", True),
        ("GRP-DB3", "210000", True),
        ("GRP-DB3", "210100", True),
        ("GRP-DB3", "100000", False),
        ("100000", "GRP-DB3", True),
        ("210000", "LN-SHENFU", True),
        ("210000", "220200", False),
        ("210000", "210000", False),
        ("210000", None, False),
        (None, "210000", False),
    ],
)
def test_whether_a_place_holds_another(wider: str | None, narrower: str | None, holds: bool) -> None:
    assert nesting().holds(wider, narrower) == holds


def test_members_of_groups_are_places_and_groups_groups() -> None:
    kind = {row["region_id"]: row["kind"] for row in seed_rows("regions")}
    rows = [(row["group_id"], row["region_id"]) for row in seed_rows("region_members")]
    assert rows == sorted(set(rows))
    assert {kind[group] for group, _ in rows} == {"group"} and {kind[member] for _, member in rows} == {"adcode"}


def test_related_indicators_are_indicators_and_no_part_is_its_own_whole() -> None:
    known = {row["indicator_id"] for row in seed_rows("indicators")}
    rows = [(row["indicator_id"], row["other_id"]) for row in seed_rows("indicator_relations")]
    assert {name for pair in rows for name in pair} <= known
    assert rows == sorted(set(rows)) and not {(other, one) for one, other in rows} & set(rows)
    assert {row["relation"] for row in seed_rows("indicator_relations")} == {"near", "part"}
