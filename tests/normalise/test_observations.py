"""Claims that say the same are one observation; of several answers to one question exactly one is preferred."""

from collections import Counter
from dataclasses import fields

import pytest

from pipeline.contract.codes import codes_of
from pipeline.contract.tables.normalise import OBSERVATIONS
from pipeline.normalise.model import WORKING, Observation, columns
from pipeline.normalise.sources import STANDING
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
    assert columns(observed(claims)) == columns(observed(claims[::-1]))


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


@pytest.mark.parametrize("better", ["first_hand", "unrated", "repost", "doubtful_date"])
def test_a_page_without_a_source_never_wins_over_one_that_has_one(better: str) -> None:
    """Nor by its publisher, an earlier or later date, or sound print."""
    documents = [
        source("farm", "2021-01-05", publisher_type="statistics_office", standing="unsourced"),
        source("late_farm", "2025-01-05", publisher_type="statistics_office", standing="unsourced"),
        source("paper", "2022-01-05", publisher_type="unknown", standing=better),
    ]
    claims = [
        claim("灯塔", 5.0, period="2020", source_id="farm"),
        claim("灯塔", 6.0, period="2020", source_id="late_farm"),
        claim("灯塔", 7.0, period="2020", source_id="paper", fault=True),
    ]
    found = by_value(observed(claims, documents))
    assert [found[7.0].preferred, found[6.0].preferred, found[5.0].preferred] == [True, False, False]
    assert found[7.0].status == "suspect"


@pytest.mark.parametrize(
    ("better", "worse"), [("first_hand", "repost"), ("unrated", "repost"), ("repost", "doubtful_date")]
)
def test_the_page_counts_before_the_publisher_and_a_lesser_page_takes_no_ones_place(better: str, worse: str) -> None:
    documents = [
        source("news", "2022-01-05", publisher_type="media", standing=better),
        source("bureau", "2023-01-05", publisher_type="statistics_office", standing=worse),
    ]
    claims = [
        claim("灯塔", 5.0, period="2021", source_id="news"),
        claim("灯塔", 6.0, period="2021", source_id="bureau"),
    ]
    found = by_value(observed(claims, documents))
    assert (found[5.0].status, found[5.0].preferred, found[6.0].preferred) == ("normal", True, False)


def test_a_figure_told_on_several_pages_stands_as_its_best_page() -> None:
    documents = [
        source("farm", "2021-01-05", standing="unsourced"),
        source("copy", "2023-01-05", standing="repost"),
        source("paper", "2022-01-05", standing="first_hand"),
    ]
    claims = [claim("灯塔", 5.0, period="2020", source_id=name) for name in ("farm", "copy", "paper")]
    (one,) = observed(claims, documents)
    assert [c["source_id"] for c in one.claims] == ["paper", "copy", "farm"]


def test_every_standing_has_its_rank() -> None:
    ranked = {code for codes in STANDING for code in codes}
    assert codes_of("standing") - ranked == {"unsourced"}


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


def test_the_share_of_a_rate_is_its_level() -> None:
    (one,) = observed(
        [
            claim("上线率", 60.0, "percent", "2022"),
            claim("上线率", 60.0, "percent", "2022", measure="share", source_id="news"),
        ]
    )
    assert (one.measure, len(one.claims)) == ("level", 2)


def test_firms_named_before_the_first_rate_of_a_sentence_hold_for_the_next() -> None:
    sentence = "规上工业企业工具普及率为60%，机器人普及率为70%，上线率为80%。"
    claims = [
        claim("规上工业企业工具普及率", 60.0, "percent", quote="60%", context=sentence),
        claim("机器人普及率", 70.0, "percent", quote="70%", context=sentence),
        claim("上线率", 80.0, "percent", quote="80%", context=sentence),
    ]
    found = by_value(observed(claims[::-1]))
    assert [found[value].population for value in (60.0, 70.0, 80.0)] == ["规上工业企业", "规上工业企业", None]


def test_firms_named_in_another_sentence_or_after_a_rate_do_not_hold_for_it() -> None:
    first, second = "机器人普及率为70%，规上工业企业工具普及率为60%。", "机器人普及率为75%。"
    claims = [
        claim("机器人普及率", 70.0, "percent", quote="70%", context=first),
        claim("规上工业企业工具普及率", 60.0, "percent", quote="60%", context=first),
        claim("机器人普及率", 75.0, "percent", quote="75%", context=second),
    ]
    found = by_value(observed(claims))
    assert (found[70.0].population, found[75.0].population) == (None, None)
