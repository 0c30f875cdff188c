"""How rows of two releases find their partners, and how far figures lie apart."""

import doctest
from typing import Any

import pytest

from pipeline.publish import versions
from pipeline.publish.diff import figure
from pipeline.publish.diff.claims import pair_claims
from pipeline.publish.diff.figure import relative_change
from pipeline.publish.diff.observations import pair_observations

Row = dict[str, Any]


def claim(start: int, numeral: str, topic: str = "基站", period: str = "2021") -> Row:
    told = {"indicator_text": topic, "numeral": numeral, "quote": f"{numeral}个", "period": period}
    end = start + len(numeral) + 1
    return {"claim_id": f"a:{start}-{end}", "source_id": "a", "raw_start": start, "raw_end": end, **told}


def places(pairs: list[tuple[Row | None, Row | None]]) -> set[tuple[int | None, int | None]]:
    return {(one["raw_start"] if one else None, other["raw_start"] if other else None) for one, other in pairs}


def test_in_an_unchanged_file_the_offsets_decide_whatever_the_words_became() -> None:
    assert places(pair_claims([claim(3, "12"), claim(9, "7")], [claim(3, "12", "站"), claim(9, "7")], frozenset())) == {
        (3, 3),
        (9, 9),
    }


def test_a_figure_read_with_other_borders_is_the_same_figure() -> None:
    assert places(pair_claims([claim(3, "12")], [claim(2, "千12")], frozenset())) == {(3, 2)}


def test_in_a_revised_file_the_words_decide_and_then_the_question() -> None:
    old = [claim(3, "12"), claim(20, "5", "园区"), claim(40, "9", "平台")]
    new = [claim(4, "6", "园区"), claim(60, "12"), claim(80, "1", "港口")]
    assert places(pair_claims(old, new, frozenset({"a"}))) == {(3, 60), (20, 4), (40, None), (None, 80)}


def test_claims_that_say_the_same_twice_are_paired_in_their_order() -> None:
    old, new = [claim(3, "12"), claim(30, "12")], [claim(8, "12"), claim(35, "12"), claim(50, "12")]
    assert places(pair_claims(old, new, frozenset({"a"}))) == {(3, 8), (30, 35), (None, 50)}


def observation(name: str, series: str = "s", period: str = "2021", preferred: bool = False) -> Row:
    return {
        "observation_id": name,
        "series_id": series,
        "period": period,
        "statement": "actual",
        "preferred": preferred,
    }


def named(pairs: list[tuple[Row | None, Row | None]]) -> set[tuple[str | None, str | None]]:
    return {
        (one["observation_id"] if one else None, other["observation_id"] if other else None) for one, other in pairs
    }


def test_an_observation_finds_its_figure_then_its_question_by_claim_then_its_claim_elsewhere() -> None:
    old = [observation("same"), observation("told"), observation("moved", period="2020"), observation("lost", "t")]
    new = [
        observation("same"),
        observation("other", preferred=True),
        observation("by claim"),
        observation("later", "u"),
    ]
    new.append(observation("new", "v"))
    old_claims = {"told": ["a:1-2"], "moved": ["a:5-6"], "lost": ["a:9-10"]}
    new_claims = {"by claim": ["a:1-3"], "later": ["a:5-6"], "new": ["b:1-2"]}
    partners = {"a:1-2": "a:1-3", "a:5-6": "a:5-6"}
    assert named(pair_observations(old, new, old_claims, new_claims, partners)) == {
        ("same", "same"),
        ("told", "by claim"),
        ("moved", "later"),
        ("lost", None),
        (None, "other"),
        (None, "new"),
    }


def test_of_two_new_answers_the_preferred_one_follows_the_preferred_one() -> None:
    old = [observation("a", preferred=True)]
    new = [observation("b"), observation("c", preferred=True)]
    assert named(pair_observations(old, new, {}, {}, {})) == {("a", "c"), (None, "b")}


@pytest.mark.parametrize(
    ("old", "new", "apart"),
    [
        ({"value": 10.0}, {"value": 100.0}, 0.9),
        ({"value": 100.0}, {"value": 10.0}, 0.9),
        ({"value": 2.0}, {"value": 20_000.0}, 0.9999),
        ({"value": -5.0}, {"value": 5.0}, 2.0),
        ({"value": 0.0}, {"value": 0.0}, 0.0),
        ({"value": 1.7e308}, {"value": -1.7e308}, 2.0),
        ({"value_low": 90.0, "value_high": 95.0}, {"value_low": 45.0, "value_high": 95.0}, 0.5),
        ({"value": 90.0}, {"value_low": 90.0, "value_high": 110.0}, 0.1),
        ({"value": None}, {"value": 3.0}, None),
        ({"value": 3.0, "unit": "km"}, {"value": 3.0, "unit": "m"}, None),
    ],
)
def test_a_relative_change_is_bounded_and_the_same_in_both_directions(old: Row, new: Row, apart: float | None) -> None:
    assert relative_change(old, new) == pytest.approx(apart)
    assert relative_change(new, old) == relative_change(old, new)


@pytest.mark.parametrize("module", [figure, versions])
def test_the_examples_of_the_docstrings_hold(module: Any) -> None:
    ran = doctest.testmod(module)
    assert ran.attempted and not ran.failed
