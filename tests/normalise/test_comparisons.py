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
from pipeline.normalise.comparisons import comparisons, expected
from pipeline.normalise.model import Observation
from pipeline.normalise.progress import baselines
from tests.normalise.builders import by_value, claim, held, judge, known, observed, source, target

with (ROOT / "tests" / "cases" / "normalise" / "comparable.csv").open(encoding="utf-8", newline="") as lines:
    CASES = list(csv.DictReader(lines))


# In 2024 there was a goal for the year alone.
YEAR_PLANS = [target("灯塔", 30.0, period="2024")]


def varied(one: Observation, cell: str) -> Observation:
    values: dict[str, Any] = json.loads(cell or "{}")
    for name in ("period_start", "period_end", "published"):
        if values.get(name):
            values[name] = date.fromisoformat(values[name])
    if "trust" in values:
        values["trust"] = tuple(values["trust"])
    return replace(one, **values)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_whether_two_figures_may_be_compared_and_why(case: dict[str, str]) -> None:
    found = by_value(observed([target("灯塔", 100.0), claim("灯塔", 40.0, period="2022", source_id="news")]))
    aim, report = varied(found[100.0], case["target"]), varied(found[40.0], case["report"])
    verdict = judge(observed(YEAR_PLANS)).held_against(aim, report)
    assert (verdict.comparable, verdict.reason) == (case["comparable"], case["reason"])


def test_the_cases_show_every_reason_of_the_code_list() -> None:
    assert {case["reason"] for case in CASES} == codes_of("comparison_reason")


def rows_of(claims: list[dict[str, Any]], **more: Any) -> list[dict[str, Any]]:
    observations = observed(claims, **more)
    court = held(observations)
    rows = comparisons(observations, baselines(observations, court), known(), court)
    build("comparisons", rows)
    value = {one.observation_id: one.value for one in observations}
    return [
        row | {"pair": (value[row["target_observation_id"]], value[row["reported_observation_id"]])} for row in rows
    ]


def test_every_target_meets_every_reported_figure_of_its_indicator() -> None:
    claims = [
        target("灯塔", 100.0),
        target("灯塔", 50.0, period="/2023"),
        target("屏幕", 9.0),
        claim("灯塔", 10.0, period="2019"),
        claim("灯塔", 40.0, period="2022", source_id="news"),
    ]
    assert sorted(row["pair"] for row in rows_of(claims)) == [(50.0, 10.0), (50.0, 40.0), (100.0, 10.0), (100.0, 40.0)]


def test_a_target_meets_reports_of_related_indicators_at_its_place() -> None:
    claims = [
        target("入云企业", 200.0),
        target("入云工厂", 50.0),
        claim("入云工厂", 20.0, period="/2022", source_id="news"),
        claim("入云企业", 90.0, period="/2022", source_id="news"),
        claim("入云工厂", 5.0, period="/2022", source_id="news", region_id="210100"),
    ]
    rows = {row["pair"]: (row["comparable"], row["reason"]) for row in rows_of(claims)}
    assert rows == {
        (200.0, 90.0): ("yes", "same_series"),
        (200.0, 20.0): ("no", "part_of_indicator"),
        (50.0, 20.0): ("yes", "same_series"),
        (50.0, 90.0): ("no", "several_together"),
        (50.0, 5.0): ("no", "part_of_region"),
    }


def test_neighbouring_indicators_are_told_apart() -> None:
    claims = [target("五代样板工厂", 300.0), claim("五代工厂", 20.0, period="/2022", source_id="news")]
    (row,) = rows_of(claims)
    assert (row["comparable"], row["reason"]) == ("no", "other_indicator")


def test_a_target_of_another_document_is_shown_as_no_report_and_one_of_its_own_not_at_all() -> None:
    claims = [
        target("灯塔", 100.0),
        target("灯塔", 40.0, period="/2022"),
        target("灯塔", 60.0, period="/2023", source_id="news"),
        target("灯塔", 9.0, period="/2023", source_id="news", region_id="210100"),
    ]
    rows = rows_of(claims)
    assert {row["reason"] for row in rows} == {"target_itself"}
    assert sorted(row["pair"] for row in rows) == [(40.0, 60.0), (60.0, 40.0), (60.0, 100.0), (100.0, 60.0)]
    assert all((row["ratio"], row["expected"]) == (None, None) for row in rows)


@pytest.mark.parametrize(
    ("standing", "verdict"),
    [
        ("first_hand", ("yes", "same_series")),
        ("repost", ("yes", "same_series")),
        ("doubtful_date", ("no", "date_doubtful")),
        ("unsourced", ("no", "unsourced")),
    ],
)
def test_a_report_is_worth_what_its_page_is(standing: str, verdict: tuple[str, str]) -> None:
    documents = [source(), source("page", "2023-05-10", publisher_type="media", standing=standing)]
    claims = [target("灯塔", 100.0), claim("灯塔", 40.0, period="/2022", source_id="page")]
    (row,) = rows_of(claims, sources=documents)
    assert (row["comparable"], row["reason"]) == verdict


def test_a_figure_that_one_good_page_tells_is_not_spoilt_by_a_bad_one() -> None:
    documents = [source(), source("page", "2023-05-10", standing="unsourced"), source("paper", "2023-05-11")]
    claims = [
        target("灯塔", 100.0),
        *(claim("灯塔", 40.0, period="/2022", source_id=name) for name in ("page", "paper")),
    ]
    (row,) = rows_of(claims, sources=documents)
    assert row["comparable"] == "yes"


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
