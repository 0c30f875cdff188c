"""Each kind of suspicious figure is found, and its neighbour that is in order is not."""

import json
from typing import Any

import pytest

from pipeline.contract import build
from pipeline.contract.codes import codes_of
from pipeline.normalise.progress import baselines
from pipeline.normalise.warnings import warnings
from tests.normalise.builders import claim, held, known, nesting, observed, target


def growth(indicator: str, value: float, period: str) -> dict[str, Any]:
    return claim(indicator, value, "percent", period, measure="growth_rate", basis="yoy")


JOINT = {"measure": "growth_rate", "basis": "average_annual"}
CASES: list[tuple[str, list[dict[str, Any]], list[dict[str, Any]]]] = [
    (
        "target_below_baseline",
        [target("灯塔", 15000.0, resolution=1000.0), claim("灯塔", 26000.0, resolution=1000.0)],
        [target("灯塔", 15000.0, measure="increment"), claim("灯塔", 26000.0)],
    ),
    (
        "target_below_baseline",
        [target("灯塔", 15000.0, bound="ge"), claim("灯塔", 26000.0)],
        [target("灯塔", 27000.0, bound="ge"), claim("灯塔", 26000.0)],
    ),
    (
        "parts_exceed_total",
        [
            claim("灯塔", 10.0, period="2022"),
            *(claim("灯塔", 6.0, period="2022", region_id=r) for r in ("210100", "210200")),
        ],
        [
            claim("灯塔", 12.0, period="2022"),
            *(claim("灯塔", 6.0, period="2022", region_id=r) for r in ("210100", "210200")),
        ],
    ),
    (
        "parts_exceed_total",
        [claim("屏幕", 10.0, period="2022"), claim("屏幕用户", 11.0, period="2022")],
        [claim("屏幕", 10.0, period="2022"), claim("屏幕用户", 11.0, period="2021")],
    ),
    ("share_over_100", [claim("上线率", 102.0, "percent")], [claim("上线率", 100.0, "percent")]),
    (
        "share_over_100",
        [claim("上线率", 102.0, "percent", measure="share")],
        [claim("灯塔增速", 150.0, "percent", measure="growth_rate")],
    ),
    (
        "parts_exceed_total",
        [claim("灯塔", 10.0, period="2022"), claim("灯塔", 11.0, period="2022", region_id="LN-SHENFU")],
        # A zone overlaps the cities: the two are not to be added.
        [
            claim("灯塔", 10.0, period="2022"),
            *(claim("灯塔", 6.0, period="2022", region_id=r) for r in ("210100", "LN-SHENFU")),
        ],
    ),
    (
        "parts_exceed_total",
        [claim("入云企业", 10.0, period="2022"), claim("入云工厂", 11.0, period="2022")],
        [claim("入云企业", 10.0, period="2022"), claim("入云工厂", 9.0, period="2022")],
    ),
    (
        "parts_exceed_total",
        [claim("灯塔", 10.0), claim("灯塔", 11.0, region_id="210100")],
        # Without a date a figure holds for the day of its document.
        [claim("灯塔", 10.0), claim("灯塔", 11.0, region_id="210100", source_id="news")],
    ),
    (
        "jump",
        [claim("灯塔", 29.0, period="2021"), claim("灯塔", 2900.0, period="2022")],
        [claim("灯塔", 29.0, period="2021"), claim("灯塔", 280.0, period="2022")],
    ),
    (
        "jump",
        [claim("灯塔", 2900.0, period="2022"), claim("灯塔", 290.0, period="2022", source_id="news")],
        [claim("灯塔", 2900.0, period="2022"), claim("灯塔", 2800.0, period="2022", source_id="news")],
    ),
    (
        "jump",
        [claim("灯塔", 29.0, period="2021"), claim("灯塔", 2.5, period="2022")],
        # A new thing may grow twelvefold in four years.
        [claim("灯塔", 12.0, period="2018"), claim("灯塔", 144.0, period="2022")],
    ),
    (
        "jump",
        [claim("数字产业收入", 10.0, "CNY", "2021"), claim("数字产业收入", 120.0, "CNY", "2022")],
        # A month is not held against a year.
        [claim("数字产业收入", 10.0, "CNY", "2022-01"), claim("数字产业收入", 120.0, "CNY", "2022")],
    ),
    (
        "scale_jump",
        [claim("灯塔", 2.9, period="2018"), claim("灯塔", 29000.0, period="2022")],
        [claim("灯塔", 2.9, period="2018"), claim("灯塔", 2900.0, period="2022")],
    ),
    (
        "growth_mismatch",
        [claim("灯塔", 100.0, period="2021"), claim("灯塔", 120.0, period="2022"), growth("灯塔", 30.0, "2022")],
        [claim("灯塔", 100.0, period="2021"), claim("灯塔", 120.0, period="2022"), growth("灯塔", 20.0, "2022")],
    ),
    (
        "growth_mismatch",
        [
            claim("灯塔", 100.0, period="/2021-02"),
            claim("灯塔", 90.0, period="/2022-02"),
            growth("灯塔", 10.0, "/2022-02"),
        ],
        [
            claim("灯塔", 100.0, period="/2021-02"),
            claim("灯塔", 90.0, period="/2022-02"),
            growth("灯塔", -10.0, "/2022-02"),
        ],
    ),
    (
        "growth_mismatch",
        [
            claim("数字产业收入", 100.0, "CNY", "2021"),
            claim("数字产业收入", 108.0, "CNY", "2022"),
            growth("数字产业收入", 25.0, "2022"),
        ],
        # Growth of money is told at constant prices, amounts at those of their year.
        [
            claim("数字产业收入", 100.0, "CNY", "2021"),
            claim("数字产业收入", 108.0, "CNY", "2022"),
            growth("数字产业收入", 3.0, "2022"),
        ],
    ),
    ("fault", [claim("灯塔", None, fault=True)], [claim("灯塔", 1.0)]),
    (
        "combined_target",
        [target("软件业、数字产业营业收入年均增速", 9.0, "percent", **JOINT)],
        [target("数字产业营业收入年均增速", 9.0, "percent", **JOINT)],
    ),
    ("deadline_past", [target("灯塔", 9.0, period="/2019")], [target("灯塔", 9.0, period="/2020")]),
]


def warnings_of(claims: list[dict[str, Any]]) -> list[dict[str, Any]]:
    observations = observed(claims)
    rows = warnings(observations, baselines(observations, held(observations)), known(), nesting())
    build("warnings", rows)
    ids = {one.observation_id for one in observations}
    assert {row["observation_id"] for row in rows} | {row["other_observation_id"] for row in rows} - {None} <= ids
    return rows


@pytest.mark.parametrize(("kind", "bad", "good"), CASES)
def test_a_suspicious_figure_is_found_and_a_sound_one_is_not(
    kind: str, bad: list[dict[str, Any]], good: list[dict[str, Any]]
) -> None:
    assert {row["kind"] for row in warnings_of(bad)} == {kind}
    assert warnings_of(good) == []


def test_the_cases_show_every_kind_of_the_code_list() -> None:
    elsewhere = {"corrected"}  # needs edits: test_repairs.py
    assert {kind for kind, *_ in CASES} | elsewhere == codes_of("warning_kind")


def test_the_detail_is_canonical_json_of_figures_and_codes() -> None:
    (row,) = warnings_of([target("灯塔", 15000.0), claim("灯塔", 26000.0)])
    assert row["detail"] == '{"baseline":26000.0,"target":15000.0,"unit":"count"}'
    assert row["detail"] == json.dumps(json.loads(row["detail"]), sort_keys=True, separators=(",", ":"))


def test_identifiers_are_the_same_whatever_the_order() -> None:
    claims = [target("灯塔", 15000.0), claim("灯塔", 26000.0), claim("上线率", 101.0, "percent")]
    assert {row["warning_id"] for row in warnings_of(claims)} == {
        row["warning_id"] for row in warnings_of(claims[::-1])
    }
