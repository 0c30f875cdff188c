"""Known pairs of goals and figures of the bundled documents come out as a reader judged them.

A baseline row says in ``comparable`` whether the figure may stand beside the goal; the table ``comparisons`` has it as no
report, and where nothing else differs because it stood before. ``*`` leaves a column open where the words do not tell it.
"""

import csv
from typing import Any

import pytest

from pipeline.contract.paths import ROOT
from tests.builds.release import Release

CASE = ROOT / "tests" / "cases" / "normalise" / "targets_and_reported.csv"
with CASE.open(encoding="utf-8", newline="") as lines:
    ROWS = list(csv.DictReader(lines))
BASELINES = [row for row in ROWS if row["relation"] == "baseline" and row["reason"] != "part_of_indicator"]
PAIRS = """
    SELECT DISTINCT t.indicator_id AS target_indicator, t.measure AS target_measure, coalesce(t.population, '') AS target_population,
        coalesce(t.value, t.value_low) AS target_value, coalesce(t.period, '') AS target_period,
        r.indicator_id AS indicator, r.measure, r.region_id AS region, coalesce(r.value, r.value_low) AS value,
        coalesce(r.period, '') AS period, s.file, {columns}
    FROM {table}
    JOIN observations AS t ON t.observation_id = target_observation_id
    JOIN observations AS r ON r.observation_id = {reported}
    JOIN evidence AS e ON e.observation_id = r.observation_id
    JOIN sources AS s USING (source_id)
    WHERE t.region_id = '210000'
      AND EXISTS (FROM evidence AS p WHERE p.observation_id = t.observation_id AND p.source_id = '004_2b1b1cd0c69806c9')
"""
ASKED = (
    *("target_indicator", "target_measure", "target_population", "target_value", "target_period"),
    *("indicator", "measure", "region", "value", "period", "file"),
)


def label(row: dict[str, str]) -> str:
    return f"{row['target_indicator']} and {row['value']} of {row['file'][:3]}"


def alike(cell: str, found: Any) -> bool:
    return cell in ("*", found) or (isinstance(found, float) and float(cell) == found)


def pairs(table: list[dict[str, Any]], row: dict[str, str]) -> list[dict[str, Any]]:
    return [pair for pair in table if all(alike(row[name], pair[name]) for name in ASKED)]


@pytest.fixture(scope="module")
def compared(bundled: Release) -> list[dict[str, Any]]:
    return bundled.sql(
        PAIRS.format(table="comparisons", reported="reported_observation_id", columns="comparable, reason")
    )


@pytest.fixture(scope="module")
def started(bundled: Release) -> list[dict[str, Any]]:
    columns = "baseline_comparable AS comparable"
    return bundled.sql(PAIRS.format(table="progress", reported="baseline_observation_id", columns=columns))


@pytest.mark.parametrize("row", ROWS, ids=label)
def test_a_goal_and_a_figure_are_compared_as_a_reader_does_and_for_his_reason(
    row: dict[str, str], compared: list[dict[str, Any]]
) -> None:
    comparable = "no" if row["relation"] == "baseline" else row["comparable"]
    found = pairs(compared, row)
    assert [(pair["comparable"], pair["reason"]) for pair in found] == [(comparable, row["reason"])]


@pytest.mark.parametrize("row", BASELINES, ids=label)
def test_a_goal_knows_the_figure_it_started_from(row: dict[str, str], started: list[dict[str, Any]]) -> None:
    (found,) = pairs(started, row)
    assert alike(row["comparable"], found["comparable"])


def test_no_figure_of_a_page_without_a_source_passes_for_a_report(bundled: Release) -> None:
    sole = "SELECT observation_id FROM evidence JOIN sources USING (source_id) GROUP BY 1 HAVING bool_and(standing = 'unsourced')"
    question = f"FROM comparisons WHERE comparable <> 'no' AND reported_observation_id IN ({sole})"
    assert bundled.sql(sole) and bundled.sql(question) == []


def test_at_least_five_goals_of_the_plan_are_answered_by_a_report(bundled: Release) -> None:
    answered = bundled.sql(
        """
        SELECT DISTINCT t.indicator_id, p.status, p.comparable FROM progress AS p
        JOIN observations AS t ON t.observation_id = p.target_observation_id
        JOIN evidence AS e ON e.observation_id = t.observation_id
        WHERE e.source_id = '004_2b1b1cd0c69806c9' AND p.status <> 'no_report'
        """
    )
    assert {row["indicator_id"]: (row["status"], row["comparable"]) for row in answered} == {
        "base_stations_5g": ("met", "yes"),
        "identifier_nodes": ("met", "yes"),
        "industrial_platforms": ("met", "yes"),
        "key_process_nc_rate": ("missed", "likely"),
        "rd_tool_penetration": ("missed", "likely"),
    }
