"""Every target has one row: how far it is by the latest comparable report."""

from typing import Any

import pytest

from pipeline.contract import build
from pipeline.contract.codes import codes_of
from pipeline.normalise.progress import baselines, progress
from tests.normalise.builders import claim, held, known, observed, source, target

DOCUMENTS = [
    source(),
    source("news", "2023-03-01", publisher_type="media"),
    source("bureau", "2026-02-01", publisher_type="statistics_office"),
]


def rows_of(claims: list[dict[str, Any]], documents: list[dict[str, Any]] = DOCUMENTS) -> list[dict[str, Any]]:
    observations = observed(claims, documents)
    court = held(observations)
    rows = progress(observations, baselines(observations, court), known(), court)
    build("progress", rows)
    value = {one.observation_id: one.value for one in observations}
    return [
        row
        | {
            "target": value[row["target_observation_id"]],
            "baseline": value.get(row["baseline_observation_id"]),
            "latest": value.get(row["latest_observation_id"]),
        }
        for row in rows
    ]


def report(value: float | None, period: str = "/2022", source_id: str = "news", **values: Any) -> dict[str, Any]:
    return claim("灯塔", value, period=period, source_id=source_id, **values)


BASELINE = claim("灯塔", 20.0, period="/2019")


@pytest.mark.parametrize(
    ("aim", "reports", "status"),
    [
        ({}, [BASELINE], "no_report"),
        ({}, [BASELINE, report(100.0)], "met"),
        ({}, [BASELINE, report(150.0)], "met"),
        ({}, [BASELINE, report(90.0, "/2025", "bureau")], "missed"),
        ({}, [BASELINE, report(60.0)], "on_track"),
        ({}, [BASELINE, report(67.0)], "on_track"),
        ({}, [BASELINE, report(70.0)], "ahead"),
        ({}, [BASELINE, report(50.0)], "behind"),
        ({}, [report(50.0)], "undetermined"),
        ({}, [BASELINE, report(50.0, region_id="210100")], "no_report"),
        ({"bound": "gt"}, [BASELINE, report(100.0)], "on_track_or_ahead"),
        ({"bound": "gt"}, [BASELINE, report(100.0, bound="gt")], "met"),
        ({}, [BASELINE, report(100.0, bound="lt")], "ahead"),
        ({"period": None}, [BASELINE, report(60.0)], "undetermined"),
        ({"period": None}, [BASELINE, report(100.0)], "met"),
    ],
)
def test_where_a_target_of_100_stands(aim: dict[str, Any], reports: list[dict[str, Any]], status: str) -> None:
    (row,) = rows_of([target("灯塔", 100.0, **aim), *reports])
    assert row["status"] == status.replace("on_track_or_ahead", "ahead")


def test_less_is_better_where_the_indicator_says_so() -> None:
    aims = target("停机时长", 10.0, "hour")
    before = claim("停机时长", 40.0, "hour", period="/2019")
    (slower,) = rows_of([aims, before, claim("停机时长", 35.0, "hour", period="/2022", source_id="news")])
    (done,) = rows_of([aims, before, claim("停机时长", 9.0, "hour", period="/2022", source_id="news")])
    assert (slower["status"], done["status"]) == ("behind", "met")


def test_less_is_better_below_a_cap() -> None:
    (row,) = rows_of([target("灯塔", 100.0, bound="le"), report(120.0, "/2025", "bureau")])
    assert row["status"] == "missed"


def test_a_neutral_indicator_goes_where_its_target_lies() -> None:
    before = claim("链条数", 30.0, period="/2019")
    (row,) = rows_of([target("链条数", 20.0), before, claim("链条数", 18.0, period="/2022", source_id="news")])
    assert row["status"] == "met"


def test_a_range_is_met_at_its_near_end() -> None:
    aims = target("灯塔", None, value_low=15.0, value_high=20.0, bound="range")
    (row,) = rows_of([aims, report(15.0)])
    assert row["status"] == "met"


def test_the_latest_comparable_figures_are_taken() -> None:
    claims = [
        target("灯塔", 100.0),
        claim("灯塔", 10.0, period="/2018"),
        BASELINE,
        report(50.0, "/2021"),
        report(60.0, "/2022"),
        report(5.0, "/2023", "bureau", region_id="210100"),
    ]
    (row,) = rows_of(claims)
    assert (row["baseline"], row["latest"], row["comparable"], str(row["deadline"])) == (
        20.0,
        60.0,
        "yes",
        "2025-12-31",
    )


def test_an_undated_fact_of_the_plan_itself_is_its_baseline() -> None:
    (row,) = rows_of([target("灯塔", 100.0), claim("灯塔", 24.0)])
    assert (row["baseline"], row["latest"], row["status"]) == (24.0, None, "no_report")


def test_a_figure_for_a_time_before_the_plan_is_a_baseline_though_published_later() -> None:
    (row,) = rows_of([target("灯塔", 100.0), report(22.0, "2019")])
    assert (row["baseline"], row["latest"]) == (22.0, None)


def test_an_unstated_population_leaves_the_report_likely() -> None:
    claims = [
        target("规上工业企业工具普及率", 95.0, "percent"),
        claim("工具普及率", 96.0, "percent", "/2022", source_id="news"),
    ]
    (row,) = rows_of(claims)
    assert (row["status"], row["comparable"]) == ("met", "likely")


def test_what_the_plan_tells_in_other_terms_is_a_baseline_that_may_not_be_compared() -> None:
    growth = {"measure": "growth_rate", "basis": "average_annual"}
    aims = target("数字产业营业收入增速", 10.0, "percent", **growth)
    amount = claim("数字产业营业收入", 946.0, "CNY", "2019")
    year = claim("数字产业营业收入增速", 11.0, "percent", "2019", measure="growth_rate", basis="yoy")
    rank = claim("数字产业营业收入", 4.0, "rank", "2019", measure="rank")
    (by_year,) = rows_of([aims, amount, year, rank])
    (by_amount,) = rows_of([aims, amount, rank])
    (by_nothing,) = rows_of([aims, rank, claim("数字产业营业收入", 9.0, "CNY", "2019", source_id="news")])
    assert [(row["baseline"], row["baseline_comparable"]) for row in (by_year, by_amount, by_nothing)] == [
        (11.0, "no"),
        (946.0, "no"),
        (None, None),
    ]
    assert by_year["status"] == "no_report"


def test_a_growth_target_short_of_its_rate_is_behind_without_any_line() -> None:
    growth = {"measure": "growth_rate", "basis": "average_annual"}
    claims = [
        target("数字产业营业收入增速", 10.0, "percent", **growth),
        claim("数字产业营业收入增速", 8.0, "percent", "/2022", source_id="news", **growth),
    ]
    (row,) = rows_of(claims)
    assert row["status"] == "behind"


def test_every_target_has_exactly_one_row_and_a_status_of_the_code_list() -> None:
    claims = [target("灯塔", 100.0), target("灯塔", 60.0, period="/2023"), target("屏幕", 5.0), report(50.0)]
    rows = rows_of(claims)
    assert sorted(row["target"] for row in rows) == [5.0, 60.0, 100.0]
    assert {row["status"] for row in rows} <= codes_of("progress_status")
