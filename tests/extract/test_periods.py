"""Times are read as the guideline writes them."""

import csv
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.extract.days import period_dates
from pipeline.extract.periods import Clock, find_times
from pipeline.extract.small_numbers import chinese_int, plan_years
from pipeline.extract.time_pattern import time_matches, time_pattern, time_words

CASES = Path(__file__).parents[1] / "cases" / "extract"


def rows(name: str) -> list[dict[str, str]]:
    with (CASES / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


# Times of the cases, and the words and stretches that they are made of.
PIECES = sorted({row["expression"] for row in rows("periods.csv")} - {""} | {word[:3] for word in time_words()})


@pytest.mark.parametrize("case", rows("periods.csv"), ids=lambda case: case["text"])
def test_a_time_expression_gives_the_guidelines_string(case: dict[str, str]) -> None:
    text = case["text"]
    found = find_times(text, 0, len(text), Clock(case["published"] or None))
    read = [(text[time.start : time.end], time.period.text, time.period.kind) for time in found]
    assert read == ([(case["expression"], case["period"], case["kind"])] if case["expression"] else [])


@pytest.mark.parametrize("case", rows("period_dates.csv"), ids=lambda case: case["period"])
def test_a_period_has_its_first_and_last_day(case: dict[str, str]) -> None:
    start = date.fromisoformat(case["start"]) if case["start"] else None
    assert period_dates(case["period"]) == (start, date.fromisoformat(case["end"]))


@pytest.mark.parametrize("text", ["", "2021-13", "去年", "2021-Q5", "2021/"])
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        period_dates(text)


def test_the_base_of_a_comparison_is_marked() -> None:
    text = "高于“十三五”时期2个百分点"
    assert [time.base for time in find_times(text, 0, len(text), Clock("2026-02-01"))] == [True]


def test_a_year_in_a_reports_title_is_marked() -> None:
    text = "据《湖区水质报告（2018年）》"
    found = find_times(text, 0, len(text), Clock("2020-12-02"))
    assert [(time.period.text, time.titled) for time in found] == [("2018", True)]


def test_start_and_end_of_a_movement_bind_one_figure_only() -> None:
    text = "由2012年的第4位降到2019年的第9位"
    found = find_times(text, 0, len(text), Clock("2020-12-02"))
    assert [(time.period.text, time.bound) for time in found] == [("2012", True), ("2019", True)]


def test_five_year_plans_are_counted_from_the_tenth() -> None:
    assert [plan_years(n) for n in (10, 13, 15)] == [(2001, 2005), (2016, 2020), (2026, 2030)]


def test_small_integers_are_read_in_both_scripts() -> None:
    assert [chinese_int(text) for text in ("7", "十", "十四", "二十", "二〇")] == [7, 10, 14, 20, 20]


def test_a_year_of_the_republic_is_one_where_the_place_counts_so() -> None:
    text = "114年4月订单增加"
    for republic, periods in ((True, ["2025-04"]), (False, [])):
        found = find_times(text, 0, len(text), Clock("2025-05-20", republic=republic))
        assert [time.period.text for time in found if time.period.text == "2025-04" and time.start == 0] == periods


def test_the_year_before_is_that_before_the_reports_own() -> None:
    text = "上年产量30万吨"
    assert [time.period.text for time in find_times(text, 0, len(text), Clock("2025-03-28", about=2024))] == ["2023"]


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.sampled_from([*PIECES, *"0123456789年月季度日末底初前后内上下至到—/，的% "]), max_size=14).map("".join)
)
def test_no_time_begins_where_none_is_tried(text: str) -> None:
    """Times are tried where one may begin alone; the pattern tried everywhere finds no other."""
    for republic in (False, True):
        tried = [match.span() for match in time_matches(text, 0, len(text), republic)]
        assert tried == [match.span() for match in time_pattern(republic).finditer(text)]
