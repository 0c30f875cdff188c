"""Claims that say the same are one observation; of several answers to one question exactly one is preferred."""

from collections import Counter
from dataclasses import fields

from pipeline.contract.tables.normalise import OBSERVATIONS
from pipeline.normalise.model import WORKING, Observation
from tests.normalise.builders import by_value, claim, observed, source, target


def test_an_observation_holds_the_columns_of_the_contract() -> None:
    names = [field.name for field in fields(Observation) if field.name not in WORKING]
    assert names == [column.name for column in OBSERVATIONS.columns]


def test_the_same_figure_told_twice_is_one_observation_on_two_claims() -> None:
    (one,) = observed([claim("灯塔", 5.0, period="2022"), claim("灯塔数量", 5.0, period="2022", source_id="news")])
    assert [c["source_id"] for c in one.claims] == ["plan", "news"]
    assert one.first_published == "2020-12-02"


def test_other_period_bound_place_or_statement_is_another_observation() -> None:
    assert (
        len(
            observed(
                [
                    claim("灯塔", 5.0, period="2022"),
                    claim("灯塔", 5.0, period="2021"),
                    claim("灯塔", 5.0, period="2022", bound="gt"),
                    claim("灯塔", 5.0, period="2022", region_id="210100"),
                    target("灯塔", 5.0, period="2022"),
                ]
            )
        )
        == 5
    )


def test_identifiers_do_not_depend_on_the_order_of_claims() -> None:
    claims = [claim("灯塔", 5.0, period="2022"), claim("屏幕", 7.0), target("上线率", 80.0, "percent")]
    assert [o.row() for o in observed(claims)] == [o.row() for o in observed(claims[::-1])]


def test_series_part_by_measure_population_and_basis() -> None:
    claims = [
        claim("灯塔", 5.0),
        claim("灯塔", 6.0, measure="increment"),
        claim("数字产业营业收入增速", 7.0, "percent", measure="growth_rate", basis="yoy"),
        claim("数字产业营业收入增速", 8.0, "percent", measure="growth_rate", basis="average_annual"),
        claim("工具普及率", 9.0, "percent"),
        claim("规上工业企业工具普及率", 10.0, "percent"),
    ]
    assert len({one.series_id for one in observed(claims)}) == 6


def test_a_wording_no_indicator_knows_gives_no_observation() -> None:
    assert observed([claim("无人知晓之物", 5.0), claim("", 5.0)]) == []


def test_a_subject_is_resolved_or_the_figure_stays_a_claim() -> None:
    claims = [
        claim("灯塔", 5.0, subject_text="沈抚示范区", region_id="210000"),
        claim("灯塔", 6.0, subject_text="甲乙机床", region_id=None),
        claim("灯塔", 7.0, subject_text="某个项目"),
    ]
    found = by_value(observed(claims))
    assert sorted(found) == [5.0, 6.0]
    assert (found[5.0].region_id, found[5.0].organisation_id) == ("LN-SHENFU", None)
    assert (found[6.0].region_id, found[6.0].organisation_id) == (None, "org-alpha")


def test_units_become_the_indicators_own_and_growth_becomes_percent() -> None:
    claims = [
        claim("光路长度", 1500.0, "m", resolution=100.0),
        claim("数字产业营业收入", 2.2, "multiple", measure="growth_rate"),
    ]
    found = {one.indicator_id: one for one in observed(claims)}
    assert (found["length"].value, found["length"].unit, found["length"].resolution) == (1.5, "km", 0.1)
    assert (found["outlay"].value, found["outlay"].unit) == (220.0, "percent")


def test_exactly_one_answer_to_a_question_is_preferred() -> None:
    claims = [
        claim("灯塔", value, period="2022", source_id=name)
        for value, name in [(5.0, "plan"), (6.0, "news"), (7.0, "bureau")]
    ]
    claims += [claim("屏幕", 1.0), claim("屏幕", 2.0), claim("屏幕", 3.0, period="2020")]
    observations = observed(claims)
    preferred = Counter(one.group for one in observations if one.preferred)
    assert set(preferred.values()) == {1}
    assert set(preferred) == {one.group for one in observations}


def test_the_statistician_is_preferred_to_the_news() -> None:
    documents = [
        source("news", "2022-01-05", publisher_type="media"),
        source("bureau", "2022-01-05", publisher_type="statistics_office"),
    ]
    found = by_value(
        observed(
            [
                claim("灯塔", 5.0, period="2021", source_id="news"),
                claim("灯塔", 6.0, period="2021", source_id="bureau"),
            ],
            documents,
        )
    )
    assert [found[6.0].preferred, found[5.0].preferred] == [True, False]


def test_a_later_figure_of_no_lesser_publisher_takes_the_place_of_an_earlier_one() -> None:
    found = by_value(
        observed([claim("灯塔", 5.0, period="2020"), claim("灯塔", 6.0, period="2020", source_id="bureau")])
    )
    assert (found[5.0].status, found[6.0].status, found[6.0].preferred) == ("superseded", "normal", True)


def test_the_news_does_not_take_the_governments_place() -> None:
    found = by_value(observed([claim("灯塔", 5.0, period="2020"), claim("灯塔", 6.0, period="2020", source_id="news")]))
    assert (found[5.0].status, found[5.0].preferred) == ("normal", True)


def test_a_rounder_later_figure_supersedes_nothing() -> None:
    claims = [
        claim("灯塔", 28900.0, period="2020", resolution=100.0),
        claim("灯塔", 29000.0, period="2020", resolution=1000.0, source_id="bureau"),
    ]
    assert {one.status for one in observed(claims)} == {"normal"}


def test_a_damaged_figure_is_suspect_and_gives_way() -> None:
    claims = [claim("灯塔", None, period="2020", fault=True), claim("灯塔", 6.0, period="2020", source_id="news")]
    found = by_value(observed(claims))
    assert (found[None].status, found[None].preferred, found[6.0].preferred) == ("suspect", False, True)


def test_a_value_beyond_all_floats_stays_a_claim() -> None:
    assert observed([claim("灯塔", float("inf")), claim("灯塔", float("nan"))]) == []
