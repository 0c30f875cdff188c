"""What real text does, one case file a topic: lists, pairs, elided subjects, orders of noun and number, noise."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from pipeline import clean, extract, ingest

Check = Callable[[dict[str, Any]], None]
FIELDS = {"value": "value", "unit": "unit", "indicator": "indicator_text"}


@pytest.mark.cases("lists.jsonl")
def test_a_list_shares_its_unit_verb_or_noun(case: dict[str, Any], agrees: Check) -> None:
    agrees(case)


@pytest.mark.cases("pairs.jsonl")
def test_a_movement_is_two_claims_each_with_its_time(case: dict[str, Any], agrees: Check) -> None:
    agrees(case)


@pytest.mark.cases("elided_subjects.jsonl")
def test_a_subject_is_carried_where_the_clause_leaves_it_out(case: dict[str, Any], agrees: Check) -> None:
    agrees(case)


@pytest.mark.cases("orders.jsonl")
def test_noun_and_number_stand_in_any_order(case: dict[str, Any], agrees: Check) -> None:
    agrees(case)


@pytest.mark.cases("noise.jsonl")
def test_noise_neither_hides_nor_makes_a_figure(case: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / ("document.html" if case.get("media") == "text/html" else "document.txt")
    path.write_text(case["raw"], encoding="utf-8")
    read = ingest.run_files([path], published="2023-02-01", region_id="210000")
    cleaned = clean.run(read["sources"], read["documents"])
    found = extract.run(read["sources"], read["documents"], cleaned["edits"], cleaned["passages"])
    told = [quoted(case["raw"], claim) for claim in in_order(found["claims"])]
    wanted = [quote for quote, _ in case["claims"]]
    assert [quote for quote, _ in told] == wanted
    for (_, claim), (_, fields) in zip(told, case["claims"], strict=True):
        assert {name: claim[FIELDS[name]] for name in fields} == fields


def in_order(claims: pa.Table) -> list[dict[str, Any]]:
    return sorted(claims.to_pylist(), key=lambda claim: claim["raw_start"])


def quoted(raw: str, claim: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    return raw[claim["raw_start"] : claim["raw_end"]], claim
