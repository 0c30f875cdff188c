"""The stage as a whole: all its tables, keys that lead somewhere, the same for any order; the bundled and real documents."""

import json
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from pipeline import clean, extract, ingest, normalise
from pipeline.contract import BY_NAME, build, schema
from pipeline.contract.paths import ROOT, SEEDS
from pipeline.contract.tables.normalise import TABLES
from tests.normalise.builders import Line, claim, source, tables_of, target

ORIGINALS = ROOT.parent / "shared" / "seeds"
LINES = [Line("一、发展", 1), Line("专栏1园区建设", 4), Line("沈阳市甲软件园，重点发展芯片。东软集团来了。")]
PARKS_OF_THE_PLAN = {
    "210100": 7,
    "210200": 4,
    "210300": 2,
    "210400": 1,
    "210500": 1,
    "210600": 1,
    "210700": 2,
    "210800": 2,
    "210900": 4,
    "211000": 1,
    "211100": 2,
    "211200": 1,
    "211300": 2,
    "211400": 2,
    "LN-SHENFU": 1,
}


def small(claims: list[dict[str, Any]]) -> dict[str, pa.Table]:
    return normalise.run(build("sources", [source()]), *tables_of(LINES), build("claims", claims))


def claims_of_the_plan() -> list[dict[str, Any]]:
    return [
        target("5G基站", 140000.0, classifier="座"),
        claim("5G基站", 24000.0, classifier="座"),
        target("物联网基站", 15000.0, classifier="座"),
        claim("物联网基站数量", 26000.0, classifier="座"),
    ]


def test_every_table_of_the_stage_comes_with_its_schema() -> None:
    tables = small(claims_of_the_plan())
    assert sorted(tables) == sorted([*(table.name for table in TABLES), "quarantine"])
    for table in TABLES:
        assert tables[table.name].schema == schema(table.name)
    assert tables["quarantine"].num_rows == 0


def test_a_build_without_claims_has_master_data_and_structure() -> None:
    tables = small([])
    assert tables["observations"].num_rows == tables["progress"].num_rows == 0
    assert tables["parks"].column("name").to_pylist() == ["甲软件园"]
    assert tables["programmes"].num_rows == 1
    assert tables["organisation_mentions"].column("organisation_id").to_pylist() == ["org-neusoft"]


def test_the_order_of_claims_changes_nothing() -> None:
    claims = claims_of_the_plan()
    assert small(claims) == small(claims[::-1])


def test_a_warned_figure_is_suspect() -> None:
    tables = small(claims_of_the_plan())
    (warning,) = tables["warnings"].to_pylist()
    status = {row["observation_id"]: row["status"] for row in tables["observations"].to_pylist()}
    assert warning["kind"] == "target_below_baseline"
    assert sorted(status.values()) == ["normal", "normal", "normal", "suspect"]
    assert status[warning["observation_id"]] == "suspect"


@cache
def whole(folder: Path) -> dict[str, pa.Table]:
    """All tables of the first four stages for a folder of documents."""
    read = ingest.run(folder)
    cleaned = clean.run(read["sources"], read["documents"])
    texts = (read["sources"], read["documents"], cleaned["edits"], cleaned["passages"])
    extracted = extract.run(*texts)
    return read | cleaned | extracted | normalise.run(*texts, extracted["claims"])


@pytest.fixture(params=[SEEDS, ORIGINALS], ids=["digests", "originals"])
def tables(request: pytest.FixtureRequest) -> Iterator[dict[str, pa.Table]]:
    if not request.param.is_dir():
        pytest.skip("the original documents (../shared/seeds) are not at hand")
    yield whole(request.param)


@pytest.mark.parametrize("name", [table.name for table in TABLES])
def test_the_corpus_fills_every_table_above_its_floor(tables: dict[str, pa.Table], name: str) -> None:
    declared = BY_NAME[name]
    assert tables[name].num_rows >= max(declared.minimum_rows, declared.core_rows)


@pytest.mark.parametrize("name", [table.name for table in TABLES])
def test_keys_are_unique_and_references_lead_somewhere(tables: dict[str, pa.Table], name: str) -> None:
    declared, rows = BY_NAME[name], tables[name].to_pylist()
    assert len({tuple(row[part] for part in declared.key) for row in rows}) == len(rows)
    for column in declared.columns:
        if column.references:
            other, key = column.references.split(".")
            there = set(tables[other].column(key).to_pylist()) | {None}
            assert {row[column.name] for row in rows} <= there, column.name


def test_one_preferred_answer_to_every_question(tables: dict[str, pa.Table]) -> None:
    asked, preferred = set(), []
    for row in tables["observations"].to_pylist():
        question = (row["series_id"], row["period"], row["statement"])
        asked.add(question)
        preferred += [question] if row["preferred"] else []
    assert len(preferred) == len(set(preferred))
    assert set(preferred) == asked


def test_every_target_has_its_row_of_progress(tables: dict[str, pa.Table]) -> None:
    targets = {row["observation_id"] for row in tables["observations"].to_pylist() if row["statement"] == "target"}
    assert set(tables["progress"].column("target_observation_id").to_pylist()) == targets


def test_every_figure_has_its_place_in_an_original_that_reads_so(tables: dict[str, pa.Table]) -> None:
    """Of the documents whose original was at hand when they were digested."""
    at_hand = {
        r["source_id"] for r in tables["sources"].to_pylist() if r["edition"] == "original" or r["original_sha256"]
    }
    rows = [row for row in tables["evidence"].to_pylist() if row["source_id"] in at_hand]
    assert len(at_hand) >= 5 and rows
    assert all(row["original_sha256"] and row["original_start"] < row["original_end"] for row in rows)
    if not ORIGINALS.is_dir():
        pytest.skip("the original documents (../shared/seeds) are not at hand")
    originals = ingest.run(ORIGINALS)
    source_of = {row["sha256"]: row["source_id"] for row in originals["sources"].to_pylist()}
    text_of = {row["source_id"]: row["text"] for row in originals["documents"].to_pylist()}
    for row in rows:
        printed = text_of[source_of[row["original_sha256"]]][row["original_start"] : row["original_end"]]
        assert row["original_numeral"] in printed


def test_the_plan_has_eighteen_boxes_in_order(tables: dict[str, pa.Table]) -> None:
    boxes = [row for row in tables["programmes"].to_pylist() if row["kind"] == "special_action"]
    boxes.sort(key=lambda row: row["raw_start"])
    assert [row["number"] for row in boxes] == [str(number) for number in range(1, 19)]
    assert all(row["title"] and row["raw_start"] < row["raw_end"] for row in boxes)
    assert all(row["raw_end"] <= later["raw_start"] for row, later in pairwise(boxes))


def test_the_policy_has_six_groups_of_measures(tables: dict[str, pa.Table]) -> None:
    measures = [row for row in tables["programmes"].to_pylist() if row["source_id"].startswith("001")]
    assert {row["kind"] for row in measures} == {"policy_measure"}
    assert sorted(row["number"] for row in measures) == list("123456")


def test_a_measure_of_the_policy_has_its_cap(tables: dict[str, pa.Table]) -> None:
    statement = {row["claim_id"]: (row["statement"], row["value"]) for row in tables["claims"].to_pylist()}
    told = [(row["programme_id"], *statement[row["claim_id"]]) for row in tables["programme_claims"].to_pylist()]
    caps = {(name[-1], value) for name, kind, value in told if name.startswith("001") and kind == "limit"}
    assert caps == {("1", 30000000.0), ("3", 3000000.0)}


def test_the_plan_has_its_tasks_and_measures_under_the_headings_that_number_them(tables: dict[str, pa.Table]) -> None:
    rows = [row for row in tables["programmes"].to_pylist() if row["source_id"].startswith("004")]
    tasks = {row["number"]: row for row in rows if row["kind"] == "task"}
    assert [number for number in tasks if "." not in number] == sorted("一二三四五")
    assert tasks["二.3"]["section_path"].startswith("三、主要任务 / (二)")
    outer, inner = tasks["二"], tasks["二.3"]
    assert outer["raw_start"] < inner["raw_start"] and inner["raw_end"] <= outer["raw_end"]
    assert {row["number"] for row in rows if row["kind"] == "policy_measure"} >= {"一", "一.1", "二.7", "五.4"}
    goals = {row["programme_id"] for row in tables["programme_claims"].to_pylist()}
    assert {inner["programme_id"], outer["programme_id"]} <= goals


def test_the_plan_has_thirty_three_parks_in_fifteen_places(tables: dict[str, pa.Table]) -> None:
    regions = tables["parks"].column("region_id").to_pylist()
    assert {region: regions.count(region) for region in sorted(set(regions))} == PARKS_OF_THE_PLAN


def test_the_goal_for_iot_base_stations_below_what_stood_is_found(tables: dict[str, pa.Table]) -> None:
    observations = {row["observation_id"]: row for row in tables["observations"].to_pylist()}
    pairs = [
        (observations[row["observation_id"]], observations[row["other_observation_id"]])
        for row in tables["warnings"].to_pylist()
        if row["kind"] == "target_below_baseline"
    ]
    assert [(aim["value"], before["value"]) for aim, before in pairs if aim["indicator_id"] == "iot_base_stations"] == [
        (15000.0, 26000.0)
    ]


def test_the_rate_printed_with_a_stop_is_corrected_and_a_passage_proves_it(tables: dict[str, pa.Table]) -> None:
    observations = {row["observation_id"]: row for row in tables["observations"].to_pylist()}
    claims = {row["claim_id"]: row for row in tables["claims"].to_pylist()}
    rows = [row for row in tables["warnings"].to_pylist() if row["kind"] == "corrected"]
    (row,) = (row for row in rows if json.loads(row["detail"])["correction"] == "cloud-rate")
    read, proof = observations[row["observation_id"]], observations[row["other_observation_id"]]
    assert claims[row["claim_id"]]["numeral"] == "1。0"
    assert (
        (read["value"], read["unit"], read["status"])
        == (proof["value"], proof["unit"], "normal")
        == (100.0, "percent", "normal")
    )
    whole = [
        claims[told["claim_id"]]
        for told in tables["evidence"].to_pylist()
        if told["observation_id"] == row["other_observation_id"]
    ]
    assert json.loads(row["detail"])["proof"] in {claim["passage_id"] for claim in whole if claim["numeral"] == "100"}


def test_the_count_with_a_stop_stays_undecided_and_marked(tables: dict[str, pa.Table]) -> None:
    (claim,) = (row for row in tables["claims"].to_pylist() if row["numeral"] == "1。98")
    assert (claim["value"], claim["fault"]) == (None, True)
    (told,) = (row for row in tables["evidence"].to_pylist() if row["claim_id"] == claim["claim_id"])
    (one,) = (row for row in tables["observations"].to_pylist() if row["observation_id"] == told["observation_id"])
    assert (one["value"], one["status"]) == (None, "suspect")
    kinds = {row["kind"] for row in tables["warnings"].to_pylist() if row["claim_id"] == claim["claim_id"]}
    assert kinds == {"fault"}
    (correction,) = (row for row in tables["corrections"].to_pylist() if row["wrong"].startswith("1。98"))
    assert (correction["right"], correction["found_hits"]) == (None, 1)


@pytest.mark.parametrize(
    ("indicator", "baseline"),
    [
        ("base_stations_5g", 24000.0),
        ("key_process_nc_rate", 51.8),
        ("rd_tool_penetration", 75.0),
        ("cloud_firms", 30000.0),
    ],
)
def test_the_plans_own_figures_are_the_baselines_of_its_goals(
    tables: dict[str, pa.Table], indicator: str, baseline: float
) -> None:
    observations = {row["observation_id"]: row for row in tables["observations"].to_pylist()}
    found = {
        observations[row["baseline_observation_id"]]["value"]
        for row in tables["progress"].to_pylist()
        if row["baseline_observation_id"]
        and observations[row["target_observation_id"]]["indicator_id"] == indicator
        and observations[row["target_observation_id"]]["period"] == "/2025"
    }
    assert found == {baseline}


def test_a_repeated_lead_is_no_second_witness(tables: dict[str, pa.Table]) -> None:
    by_figure: dict[str, list[bool]] = {}
    for row in tables["evidence"].to_pylist():
        if row["source_id"].startswith("003"):
            by_figure.setdefault(row["observation_id"], []).append(row["independent"])
    twice = [told for told in by_figure.values() if len(told) > 1]
    assert len(twice) >= 4
    assert all(told.count(True) == 1 for told in twice)
