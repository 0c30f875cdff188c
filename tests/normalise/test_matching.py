"""Words of a claim lead to one indicator, by a rule that can be named, or to none."""

import csv

import pytest

from pipeline.contract.paths import ROOT
from pipeline.contract.seed import seed_rows
from pipeline.normalise.catalogue import pattern
from pipeline.normalise.likeness import alike
from pipeline.normalise.matching import THRESHOLD, Match, candidates, match
from pipeline.normalise.wording import latin, plain, population_of, variants
from tests.normalise.builders import known

with (ROOT / "tests" / "cases" / "normalise" / "matching.csv").open(encoding="utf-8", newline="") as lines:
    CASES = list(csv.DictReader(lines))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['wording']}-{case['unit']}: {case['why']}")
def test_a_wording_is_linked_by_the_rule_it_deserves(case: dict[str, str]) -> None:
    found = match(case["wording"], case["measure"], case["unit"], known())
    expected = [(case["indicator"], case["population"] or None, case["rule"])] if case["indicator"] else []
    assert [(one.indicator_id, one.population, one.rule) for one in found] == expected


def test_one_percentage_of_several_things_is_a_figure_of_each() -> None:
    found = match("业务上线率、规上工业企业工具普及率", "level", "percent", known())
    assert [one.indicator_id for one in found] == ["online_rate", "tool_rate"]


def test_things_that_share_a_noun_at_the_end_are_told_apart() -> None:
    found = match("软件业、数字产业营业收入年均增速", "growth_rate", "percent", known())
    assert [one.indicator_id for one in found] == ["outlay", "software"]


def test_one_count_of_several_things_is_a_figure_of_none() -> None:
    assert match("灯塔、屏幕", "level", "count", known()) == ()


def test_letters_and_digits_must_agree() -> None:
    assert latin("4G网5g基站") == ("4G", "5G")
    assert alike("数字产业春季营业收入", "数字产业营业收入") > 0.7
    assert alike("数字产业5G营业收入", "数字产业营业收入") == 0.0


def test_likeness_weighs_what_only_one_wording_has() -> None:
    assert alike("数字产业营业收入", "数字产业营业收入") == 1.0
    assert alike("优质数字产业营业收入", "数字产业营业收入") > alike("春季数字产业营业收入", "数字产业营业收入")
    assert alike("数字产业出口营业收入", "数字产业营业收入") == 0.0
    assert alike("上线率", "业务上线率") == 0.0


def test_a_score_below_the_threshold_links_nothing_and_is_kept_for_review() -> None:
    words = ("春秋两季数字产业营业收入", "level", "CNY")
    assert match(*words, known()) == ()
    scores = [(round(score, 2), synonym.indicator_id) for score, synonym in candidates(*words, known())]
    assert scores[0] == (0.6, "outlay")
    assert scores[0][0] < THRESHOLD


def test_a_wording_left_incomplete_is_completed_by_its_sentence() -> None:
    assert match("普及率", "level", "percent", known(), "工厂的工具很多，普及率达")[0].rule == "sentence"
    assert match("普及率", "level", "percent", known(), "") == ()
    assert match("普及率", "level", "percent", known(), "工具" + "很多" * 30 + "，普及率达") == ()


def test_a_noun_that_heads_many_names_is_not_completed() -> None:
    assert match("收入", "level", "CNY", known(), "数字产业收入不少，收入达") == ()


def test_the_same_words_give_the_same_match() -> None:
    first = match("新建屏幕用户", "level", "count", known())
    assert first == match("新建屏幕用户", "level", "count", known())
    assert first == (Match("screens", "屏幕用户", "affix", 1.0),)


def test_a_pattern_allows_what_a_document_puts_in_its_gap() -> None:
    assert pattern("入选*百强*企业").fullmatch("入选某省百强榜单的企业")
    assert not pattern("入选*百强*企业").fullmatch("入选百强的园区")


def test_an_amount_may_be_given_in_any_currency() -> None:
    assert match("数字产业收入", "level", "HKD", known())[0].indicator_id == "outlay"
    assert match("数字产业收入", "level", "count", known()) == ()


def test_affixes_are_dropped_one_by_one_and_never_all() -> None:
    assert variants("全省新建灯塔数量", "level") == ("全省新建灯塔数量", "全省新建灯塔", "新建灯塔", "灯塔")
    assert variants("新建", "level") == ("新建",)


def test_the_longest_word_of_population_counts() -> None:
    assert population_of("规模以上工业企业上线率") == ("规上工业企业", "上线率")
    assert population_of("上线率") == (None, "上线率")


def test_word_tables_hold_words_that_survive_as_plain() -> None:
    words = [row["word"] for name in ("populations", "indicator_affixes") for row in seed_rows(name)]
    assert all(plain(word) for word in words)
    assert len({row["word"] for row in seed_rows("populations")}) == len(seed_rows("populations"))
