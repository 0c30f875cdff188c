"""A target may be held against a report of the same thing only; the first difference is the reason why not."""

import csv
import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from pipeline.contract import build
from pipeline.contract.codes import codes_of
from pipeline.contract.paths import ROOT
from pipeline.normalise.comparisons import comparisons, expected, held_against
from pipeline.normalise.model import Observation
from pipeline.normalise.progress import baselines
from tests.normalise.builders import by_value, claim, known, observed, target

with (ROOT / "tests" / "cases" / "normalise" / "comparable.csv").open(encoding="utf-8", newline="") as lines:
    CASES = list(csv.DictReader(lines))


def varied(one: Observation, cell: str) -> Observation:
    values: dict[str, Any] = json.loads(cell or "{}")
    for name in ("period_start", "period_end", "published"):
        if name in values:
            values[name] = date.fromisoformat(values[name])
    return replace(one, **values)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_whether_two_figures_may_be_compared_and_why(case: dict[str, str]) -> None:
    found = by_value(observed([target("灯塔", 100.0), claim("灯塔", 40.0, period="2022", source_id="news")]))
    verdict = held_against(varied(found[100.0], case["target"]), varied(found[40.0], case["report"]))
    assert (verdict.comparable, verdict.reason) == (case["comparable"], case["reason"])


def test_the_cases_show_every_reason_of_the_code_list() -> None:
    assert {case["reason"] for case in CASES} == codes_of("comparison_reason")


def rows_of(claims: list[dict[str, Any]]) -> list[dict[str, Any]]:
    observations = observed(claims)
    rows = comparisons(observations, baselines(observations), known())
    build("comparisons", rows)
    value = {one.observation_id: one.value for one in observations}
    return [
        row | {"pair": (value[row["target_observation_id"]], value[row["reported_observation_id"]])} for row in rows
    ]


def test_every_target_meets_every_reported_figure_of_its_indicator_and_no_other() -> None:
    claims = [
        target("灯塔", 100.0),
        target("灯塔", 50.0, period="/2023"),
        target("屏幕", 9.0),
        claim("灯塔", 10.0, period="2019"),
        claim("灯塔", 40.0, period="2022", source_id="news"),
    ]
    assert sorted(row["pair"] for row in rows_of(claims)) == [(50.0, 10.0), (50.0, 40.0), (100.0, 10.0), (100.0, 40.0)]


def test_ratio_and_line_are_given_for_comparable_pairs_only() -> None:
    claims = [
        target("灯塔", 100.0),
        claim("灯塔", 20.0, period="/2019"),
        claim("灯塔", 60.0, period="/2022", source_id="news"),
        claim("灯塔", 30.0, period="/2022", source_id="news", region_id="210100"),
    ]
    rows = {row["pair"][1]: row for row in rows_of(claims)}
    assert rows[60.0]["ratio"] == 0.6
    # 1,096 of the 2,192 days from the end of 2019 to the end of 2025.
    assert rows[60.0]["expected"] == pytest.approx(60.0)
    assert (rows[30.0]["ratio"], rows[30.0]["expected"]) == (None, None)
    assert (rows[20.0]["reason"], rows[20.0]["ratio"]) == ("before_target", None)


def test_a_range_is_held_against_its_near_end() -> None:
    aims = target("灯塔", None, value_low=15.0, value_high=20.0, bound="range")
    (row,) = rows_of([aims, claim("灯塔", 30.0, period="2022", source_id="news")])
    assert row["ratio"] == 2.0


def test_there_is_no_line_without_a_baseline_or_for_a_growth_rate() -> None:
    found = by_value(observed([target("灯塔", 100.0), claim("灯塔", 20.0, period="2019")]))
    day = date(2022, 12, 31)
    assert expected(found[100.0], None, day, 100.0) is None
    assert expected(replace(found[100.0], measure="growth_rate"), found[20.0], day, 100.0) is None
    assert expected(found[100.0], found[20.0], date(2030, 1, 1), 100.0) == 100.0
