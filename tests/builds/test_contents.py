"""What stands in each published table of the bundled release; the facts are data in tests/cases/build/facts.yaml."""

import re
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipeline.contract import PUBLISHED
from pipeline.contract.paths import SEEDS
from tests.builds.release import PLAN, Release, plain, source_text

FACTS = yaml.safe_load((Path(__file__).parents[1] / "cases" / "build" / "facts.yaml").read_text(encoding="utf-8"))

PARKS_OF_A_CITY = {
    "210100": 7, "210200": 4, "210300": 2, "210400": 1, "210500": 1, "210600": 1, "210700": 2, "210800": 2,
    "210900": 4, "211000": 1, "211100": 2, "211200": 1, "211300": 2, "211400": 2, "LN-SHENFU": 1,
}  # fmt: skip


def raw_texts() -> dict[str, str]:
    return {path.stem: source_text(path) for path in sorted((SEEDS / "documents").glob("*.txt"))}


def test_every_published_table_has_a_fact() -> None:
    assert {fact["table"] for fact in FACTS} == {table.name for table in PUBLISHED}


@pytest.mark.parametrize("fact", [pytest.param(fact, id=f"{fact['table']}: {fact['says']}") for fact in FACTS])
def test_the_release_says(fact: dict[str, Any], bundled: Release) -> None:
    found = bundled.sql(f"FROM {fact['table']} WHERE {fact['where']}")
    if "is" in fact:
        columns = list(fact["is"][0])
        told = Counter(tuple(row[column] for column in columns) for row in found)
        assert told == Counter(tuple(plain(row[column]) for column in columns) for row in fact["is"])
    elif "count" in fact:
        assert len(found) == fact["count"]
    else:
        assert fact.get("at_least", 0) <= len(found) <= fact.get("at_most", len(found))
        assert "at_least" in fact or "at_most" in fact


def test_the_edits_of_a_document_make_its_clean_text_and_the_passages_lie_in_it(bundled: Release) -> None:
    raw, clean = raw_texts(), {}
    for source_id, text in raw.items():
        pieces, end = [], 0
        for edit in bundled.sql(f"FROM edits WHERE source_id = '{source_id}' ORDER BY raw_start, raw_end"):
            pieces += [text[end : edit["raw_start"]], edit["replacement"]]
            end = edit["raw_end"]
        clean[source_id] = "".join([*pieces, text[end:]])
    passages = bundled.rows("passages")
    assert {row["source_id"] for row in passages} == raw.keys()
    for row in passages:
        assert clean[row["source_id"]][row["clean_start"] : row["clean_end"]] == row["text"], row["passage_id"]


def test_quotes_and_numerals_stand_in_the_raw_text_at_their_offsets(bundled: Release) -> None:
    raw = raw_texts()
    for row in bundled.rows("claims"):
        assert raw[row["source_id"]][row["raw_start"] : row["raw_end"]] == row["quote"]
    for row in bundled.rows("numerals"):
        assert raw[row["source_id"]][row["raw_start"] : row["raw_end"]] == row["numeral"]


def test_every_run_of_arabic_digits_is_in_the_ledger_once_with_a_claim_or_a_reason(bundled: Release) -> None:
    rows = bundled.rows("numerals")
    assert all((row["claim_id"] is None) != (row["reason"] is None) for row in rows)
    covered = Counter((row["source_id"], k) for row in rows for k in range(row["raw_start"], row["raw_end"]))
    assert set(covered.values()) == {1}
    for source_id, text in raw_texts().items():
        for run in re.finditer(r"[0-9０-９]+", text):
            assert all(covered[source_id, k] for k in range(*run.span())), run


def test_every_claim_takes_a_numeral(bundled: Release) -> None:
    taken = {row["claim_id"] for row in bundled.rows("numerals")} - {None}
    assert taken == {row["claim_id"] for row in bundled.rows("claims")}


def test_declared_corrections_hit_as_often_as_expected(bundled: Release) -> None:
    rows = bundled.rows("corrections")
    assert [row["found_hits"] for row in rows] == [row["expected_hits"] for row in rows]
    assert all(row["why"] for row in rows)


def test_each_city_has_its_parks(bundled: Release) -> None:
    assert dict(sorted(Counter(row["region_id"] for row in bundled.rows("parks")).items())) == PARKS_OF_A_CITY


def test_names_of_parks_and_organisations_stand_where_the_tables_say(bundled: Release) -> None:
    plan = raw_texts()[PLAN]
    for park in bundled.rows("parks"):
        assert park["raw_end"] - park["raw_start"] >= len(park["name"])
        assert plan[park["raw_start"]] == park["name"][0]
    for row in bundled.sql("FROM organisation_mentions WHERE source_id NOT LIKE '001%'"):
        printed = raw_texts()[row["source_id"]][row["raw_start"] : row["raw_end"]]
        assert row["mention"] == re.sub(r"<[^>]*>|\s", "", printed)


def test_boxes_follow_each_other_and_hold_their_goals(bundled: Release) -> None:
    boxes = bundled.sql("FROM programmes WHERE kind = 'special_action' ORDER BY number::INT")
    assert [box["number"] for box in boxes] == [str(number) for number in range(1, 19)]
    for box, following in pairwise(boxes):
        assert box["raw_start"] < box["raw_end"] <= following["raw_start"]
    question = "SELECT raw_start, raw_end, programme_id FROM programme_claims JOIN claims USING (claim_id)"
    spans = {row["programme_id"]: row for row in bundled.rows("programmes")}
    for goal in bundled.sql(question):
        box = spans[goal["programme_id"]]
        assert box["raw_start"] <= goal["raw_start"] < goal["raw_end"] <= box["raw_end"]


def test_every_target_is_followed_and_the_goal_for_5g_knows_its_baseline(bundled: Release) -> None:
    targets = bundled.sql("SELECT observation_id FROM observations WHERE statement = 'target' AND preferred")
    followed = [row["target_observation_id"] for row in bundled.rows("progress")]
    assert len(followed) == len(set(followed))
    assert {row["observation_id"] for row in targets} <= set(followed)
    question = """
        SELECT deadline, b.value AS baseline, progress.status FROM progress
        JOIN observations AS t ON t.observation_id = target_observation_id
        LEFT JOIN observations AS b ON b.observation_id = baseline_observation_id
        WHERE t.indicator_id = 'base_stations_5g' AND t.period = '/2025'"""
    assert bundled.sql(question) == [{"deadline": "2025-12-31", "baseline": 24000.0, "status": "met"}]


def test_every_table_has_its_gate_in_the_record(bundled: Release) -> None:
    judged = {row["table"] for row in bundled.rows("quality") if row["check"] == "contract"}
    assert judged >= {table.name for table in PUBLISHED} - {"quality"}


def test_every_observation_reaches_a_quote_in_two_joins(bundled: Release) -> None:
    told = {row["claim_id"] for row in bundled.rows("claims") if row["quote"]}
    reached = {row["observation_id"] for row in bundled.rows("evidence") if row["claim_id"] in told}
    assert {row["observation_id"] for row in bundled.rows("observations")} == reached != set()
