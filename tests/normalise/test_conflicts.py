"""Figures conflict only where no value fits all of them."""

from typing import Any

import pytest

from pipeline.contract import build
from pipeline.normalise.conflicts import conflicts
from pipeline.normalise.intervals import interval, meet
from tests.normalise.builders import claim, observed


def conflicts_of(claims: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    rows, members = conflicts(observed(claims))
    build("conflicts", rows)
    build("conflict_claims", members)
    return rows, members


def pair(first: dict[str, Any], second: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        claim("灯塔", **({"value": 5.0, "period": "2021"} | first)),
        claim("灯塔", **({"value": 5.0, "period": "2021", "source_id": "news"} | second)),
    ]


@pytest.mark.parametrize(
    ("first", "second", "cause"),
    [
        ({"value": 29000.0, "resolution": 1000.0}, {"value": 28600.0, "resolution": 100.0}, None),
        ({"value": 29000.0, "resolution": 1000.0}, {"value": 28300.0, "resolution": 100.0}, "rounding"),
        ({"value": 29000.0, "resolution": 1000.0}, {"value": 35000.0, "resolution": 100.0}, "undecided"),
        ({"value": 100.0, "bound": "ge"}, {"value": 120.0}, None),
        ({"value": 100.0, "bound": "approx"}, {"value": 105.0}, None),
        ({"value": 100.0, "bound": "lt"}, {"value": 120.0}, "undecided"),
        ({"value": None, "value_low": 15.0, "value_high": 20.0, "bound": "range"}, {"value": 16.0}, None),
        ({"value": None, "value_low": 15.0, "value_high": 20.0, "bound": "range"}, {"value": 26.0}, "undecided"),
        ({"value": 5.0}, {"value": 9.0, "source_id": "bureau"}, "revision"),
        ({"value": 5.0, "classifier": "座"}, {"value": 9.0, "classifier": "套"}, "scope"),
        ({"value": 5.0, "fault": True}, {"value": 9.0}, "fault"),
        ({"value": None, "fault": True}, {"value": 9.0}, "fault"),
        ({"value": 5.0}, {"value": 9.0, "period": "2022"}, None),
        ({"value": 5.0}, {"value": 9.0, "region_id": "210100"}, None),
        ({"value": 5.0}, {"value": 9.0, "statement": "target"}, None),
    ],
)
def test_what_conflicts_and_why(first: dict[str, Any], second: dict[str, Any], cause: str | None) -> None:
    rows, _ = conflicts_of(pair(first, second))
    assert [row["cause"] for row in rows] == ([cause] if cause else [])


def test_the_preferred_claim_is_the_chosen_one() -> None:
    rows, members = conflicts_of(pair({"value": 5.0}, {"value": 10.0}))
    assert rows[0]["spread"] == 1.0
    assert {row["claim_id"].split(":")[0]: row["chosen"] for row in members} == {"plan": True, "news": False}


def test_undated_figures_are_held_against_their_own_document_only() -> None:
    assert conflicts_of(pair({"value": 5.0, "period": None}, {"value": 9.0, "period": None}))[0] == []
    rows, _ = conflicts_of([claim("灯塔", 5.0), claim("灯塔", 9.0)])
    assert len(rows) == 1


def test_a_figure_no_one_can_read_has_no_spread() -> None:
    rows, _ = conflicts_of(pair({"value": None, "fault": True}, {"value": 9.0}))
    assert rows[0]["spread"] is None


def test_intervals_that_touch_meet() -> None:
    assert meet(interval(10.0, None, None, "ge", None), interval(10.0, None, None, "le", None))
    assert meet((0.0, 0.1 + 0.2), (0.3, 1.0)) and meet((0.0, 0.3), (0.1 + 0.2, 1.0))
    assert not meet((0.0, 1.0), (1.1, 2.0))
