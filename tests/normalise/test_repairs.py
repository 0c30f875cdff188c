"""A corrected numeral is told, with the passage that prints the same figure whole where there is one."""

import json
from typing import Any

from pipeline.contract import build
from pipeline.normalise.repairs import corrected
from tests.normalise.builders import claim, observed, target


def edit_of(row: dict[str, Any], rule: str = "correction:stop", source_id: str = "plan") -> dict[str, Any]:
    return {"source_id": source_id, "raw_start": row["raw_start"] + 1, "raw_end": row["raw_start"] + 2, "rule": rule}


def told(claims: list[dict[str, Any]], edit: dict[str, Any]) -> list[tuple[str, str | None, bool]]:
    """Claim, passage that proves it, and whether another observation is named, a row of the table each."""
    rows = corrected(observed(claims), [edit])
    build("warnings", rows)
    return [
        (row["claim_id"], json.loads(row["detail"])["proof"], row["other_observation_id"] is not None) for row in rows
    ]


def test_the_same_figure_printed_whole_elsewhere_in_the_document_proves_it() -> None:
    damaged, whole = target("上线率", 100.0, "percent"), target("上线率", 100.0, "percent", period="2025")
    assert told([damaged, whole], edit_of(damaged)) == [(damaged["claim_id"], whole["passage_id"], True)]


def test_another_value_another_place_or_another_document_proves_nothing() -> None:
    damaged = target("上线率", 100.0, "percent")
    for other in (
        target("上线率", 90.0, "percent"),
        target("上线率", 100.0, "percent", region_id="210100"),
        target("上线率", 100.0, "percent", source_id="news"),
        target("上线率", 100.0, "percent", fault=True),
        claim("上线率", 100.0, "percent"),
    ):
        assert told([damaged, other], edit_of(damaged)) == [(damaged["claim_id"], None, False)]


def test_only_corrections_of_the_numeral_itself_are_told() -> None:
    row = target("上线率", 100.0, "percent")
    assert told([row], edit_of(row, rule="width+correction:stop")) == [(row["claim_id"], None, False)]
    assert told([row], edit_of(row, rule="width")) == []
    assert told([row], edit_of(row, source_id="news")) == []
    assert told([row], edit_of(row) | {"raw_start": 0, "raw_end": 1}) == []


def test_a_figure_nothing_decides_is_not_called_corrected() -> None:
    row = claim("灯塔", None, fault=True)
    assert told([row], edit_of(row)) == []
