"""Against which reports of other places a target is held, where there are more than anybody can look at."""

from collections.abc import Sequence

import pytest

from pipeline.normalise import told
from pipeline.normalise.comparisons import comparisons
from pipeline.normalise.model import Observation
from pipeline.normalise.progress import baselines
from pipeline.normalise.told import ELSEWHERE, Elsewhere, subject
from tests.normalise.builders import claim, held, known, nesting, observed, target

PLACES = ("210000", "210100", "210200", "211300", "220000", "220200")


def reports(places: Sequence[str], years: Sequence[int]) -> list[Observation]:
    claims = [
        claim("灯塔", float(at * 100 + year % 100), period=str(year), region_id=place, source_id="review")
        for at, place in enumerate(places)
        for year in years
    ]
    return [one for one in observed(claims) if one.statement == "actual"]


def test_few_reports_are_all_told() -> None:
    found = reports(PLACES, range(2015, 2018))
    whom = ("masts", "210100", None)
    beside = Elsewhere(found, nesting()).beside(whom)
    assert {one.observation_id for one in beside} == {o.observation_id for o in found if subject(o) != whom}


def test_of_many_the_nearest_places_come_first_and_of_each_the_latest() -> None:
    found = reports(PLACES, range(1990, 2020))
    beside = Elsewhere(found, nesting()).beside(("masts", "210100", None))
    assert len(beside) == ELSEWHERE
    assert [one.region_id for one in beside] == ["210000"] * 30 + [beside[30].region_id, beside[31].region_id]
    assert "210100" not in {one.region_id for one in beside}
    assert [one.period for one in beside[:30]] == [str(year) for year in range(2019, 1989, -1)]
    assert {one.period for one in beside[30:]} == {"2019"}


def test_places_within_the_target_s_count_as_near() -> None:
    found = reports(("220000", "210200"), range(1990, 2020))
    beside = Elsewhere(found, nesting()).beside(("masts", "210000", None))
    assert [one.region_id for one in beside].count("210200") == 30


def test_reports_of_the_target_s_own_place_are_never_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(told, "ELSEWHERE", 3)
    own = [claim("灯塔", float(year), period=str(year), region_id="210100") for year in range(2001, 2019)]
    others = [claim("灯塔", float(year), period=str(year), region_id="211300") for year in range(2001, 2019)]
    observations = observed([target("灯塔", 9000.0, region_id="210100"), *own, *others])
    court = held(observations)
    rows = comparisons(observations, baselines(observations, court), known(), court)
    reasons = [row["reason"] for row in rows]
    assert (reasons.count("place_differs"), len(rows)) == (3, 18 + 3)
