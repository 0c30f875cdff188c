"""Figures conflict only where no value fits all of them."""

from typing import Any

import pytest

from pipeline.contract import build
from pipeline.normalise import conflicts as module
from pipeline.normalise.conflicts import conflicts
from pipeline.normalise.intervals import interval, meet
from tests.normalise.builders import claim, observed, source


def conflicts_of(
    claims: list[dict[str, Any]], documents: list[dict[str, Any]] | None = None
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    rows, members = conflicts(observed(claims, documents or ONE_DAY))
    build("conflicts", rows)
    build("conflict_claims", members)
    return rows, members


# Two pages of one day and one standing: neither can take the other's place.
ONE_DAY = [source(name, "2023-05-10", publisher_type="media") for name in ("plan", "news")] + [
    source("bureau", "2024-02-01", publisher_type="statistics_office")
]


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
        ({"value": 5.0}, {"value": 9.0, "source_id": "bureau"}, None),
        ({"value": 5.0, "classifier": "座"}, {"value": 9.0, "classifier": "套"}, "unit"),
        ({"value": 2.9, "resolution": 0.1}, {"value": 29000.0, "resolution": 1000.0}, "scale"),
        ({"value": 29.0, "resolution": 1.0}, {"value": 2.9e9, "resolution": 1e8}, "scale"),
        ({"value": 2900.0, "resolution": 100.0}, {"value": 29000.0, "resolution": 1000.0}, "misprint"),
        ({"value": 5.0, "fault": True}, {"value": 9.0}, "misprint"),
        ({"value": None, "fault": True}, {"value": 9.0}, "misprint"),
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
    assert {row["claim_id"].split(":")[0]: row["chosen"] for row in members} == {"plan": False, "news": True}


def test_a_later_figure_on_a_page_as_good_is_a_vintage_and_on_a_lesser_one_a_conflict() -> None:
    figures = pair({"value": 5.0}, {"value": 9.0})
    later = source("news", "2024-05-10", publisher_type="media")
    assert conflicts_of(figures, [ONE_DAY[0], later])[0] == []
    rows, members = conflicts_of(figures, [ONE_DAY[0], later | {"standing": "repost"}])
    assert [row["cause"] for row in rows] == ["vintage"]
    assert {row["claim_id"].split(":")[0]: row["chosen"] for row in members} == {"plan": True, "news": False}


def test_an_unstated_population_may_be_the_cause_and_two_named_ones_are_two_questions() -> None:
    named = claim("规上工业企业工具普及率", 60.0, "percent", "2021")
    other = claim("中小企业工具普及率", 50.0, "percent", "2021", source_id="news")
    bare = claim("工具普及率", 50.0, "percent", "2021", source_id="news")
    assert conflicts_of([named, other])[0] == []
    assert [row["cause"] for row in conflicts_of([named, bare])[0]] == ["population"]


def test_a_figure_that_nothing_contradicts_takes_no_part_in_the_conflict() -> None:
    figures = [*pair({"value": 5.0}, {"value": 9.0}), claim("灯塔", 4.0, period="2021", bound="ge", source_id="bureau")]
    _, members = conflicts_of(figures)
    assert {row["claim_id"].split(":")[0] for row in members} == {"plan", "news"}


def test_undated_figures_are_held_against_their_own_document_only() -> None:
    assert conflicts_of(pair({"value": 5.0, "period": None}, {"value": 9.0, "period": None}))[0] == []
    rows, _ = conflicts_of([claim("灯塔", 5.0), claim("灯塔", 9.0)])
    assert len(rows) == 1


def test_a_conflict_inside_a_document_has_its_choice_though_another_document_is_preferred() -> None:
    rows, members = conflicts_of(
        [claim("灯塔", 3.0), claim("灯塔", 5.0, source_id="news"), claim("灯塔", 9.0, source_id="news")]
    )
    assert len(rows) == 1
    assert sorted(row["chosen"] for row in members) == [False, True]


def test_the_page_without_a_source_is_never_chosen() -> None:
    documents = [
        source("farm", "2022-01-05", publisher_type="statistics_office", standing="unsourced"),
        source("paper", "2021-01-05", publisher_type="unknown", standing="repost"),
    ]
    figures = [
        claim("灯塔", 5.0, period="2020", source_id="farm"),
        claim("灯塔", 9.0, period="2020", source_id="paper"),
    ]
    _, members = conflicts(observed(figures, documents))
    assert {row["claim_id"].split(":")[0]: row["chosen"] for row in members} == {"farm": False, "paper": True}


def test_a_figure_no_one_can_read_has_no_spread() -> None:
    rows, _ = conflicts_of(pair({"value": None, "fault": True}, {"value": 9.0}))
    assert rows[0]["spread"] is None


def test_intervals_that_touch_meet() -> None:
    assert meet(interval(10.0, None, None, "ge", None), interval(10.0, None, None, "le", None))
    assert meet((0.0, 0.1 + 0.2), (0.3, 1.0)) and meet((0.0, 0.3), (0.1 + 0.2, 1.0))
    assert not meet((0.0, 1.0), (1.1, 2.0))


def test_answers_behind_the_leading_ones_are_held_against_these_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    leading = [claim("灯塔", value, period="2021", bound="ge", source_id="plan") for value in (5.0, 6.0)]
    others = [claim("灯塔", value, period="2021", source_id="news") for value in (8.0, 9.0)]
    documents = [source("plan", "2023-05-10"), source("news", "2023-05-10", publisher_type="media")]
    assert len(conflicts_of([*leading, *others], documents)[1]) == 2
    monkeypatch.setattr(module, "LEADING", 2)
    assert conflicts_of([*leading, *others], documents) == ([], [])


@pytest.mark.parametrize("answers", [10, module.LEADING, 3 * module.LEADING])
def test_pairs_grow_with_the_answers(answers: int) -> None:
    documents = [source(f"d{at:03d}", "2023-05-10") for at in range(answers)]
    claims = [claim("灯塔", float(at + 1), period="2021", source_id=f"d{at:03d}") for at in range(answers)]
    observations = observed(claims, documents)
    pairs = list(module.pairs_of(observations))
    most = min(answers, module.LEADING)
    assert len(pairs) == most * (most - 1) / 2 + (answers - most) * most
    assert len({frozenset((one.observation_id, other.observation_id)) for one, other in pairs}) == len(pairs)
    ((_,), members) = conflicts_of(claims, documents)
    assert len(members) == answers
