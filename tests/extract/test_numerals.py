"""Numerals of every written form give their value."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.numerals import Numeral, evaluate, find_numerals, fold

CASES = Path(__file__).parents[1] / "cases" / "extract"
DIGITS = "零一二三四五六七八九"


def rows(name: str) -> list[dict[str, str]]:
    with (CASES / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def only(text: str) -> Numeral:
    (found,) = find_numerals(fold(text))
    return found


def below_ten_thousand(number: int) -> str:
    """Chinese numeral of 1 to 9999."""
    written, zero = "", False
    for scale, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // scale % 10
        if digit:
            written += ("零" if zero and written else "") + DIGITS[digit] + sign
            zero = False
        else:
            zero = True
    return written


def chinese(number: int) -> str:
    """Chinese numeral of a positive integer below 1e16."""
    written = ""
    for scale, sign in ((10**12, "兆"), (10**8, "亿"), (10**4, "万"), (1, "")):
        part, number = divmod(number, scale) if scale > 1 else (number, 0)
        if part:
            written += ("零" if written and part < 1000 else "") + below_ten_thousand(part) + sign
    return written


@pytest.mark.parametrize("case", rows("numerals.csv"), ids=lambda case: case["printed"])
def test_a_numeral_has_its_value_and_step(case: dict[str, str]) -> None:
    found = only(case["printed"])
    assert found.value == Decimal(case["value"])
    assert not case["step"] or found.step == Decimal(case["step"])
    assert (found.start, found.end) == (0, len(case["printed"]))


@given(st.integers(min_value=1, max_value=10**16 - 1))
def test_a_number_written_in_chinese_is_read_as_itself(number: int) -> None:
    assert evaluate(chinese(number)) == number


@given(st.integers(min_value=0, max_value=10**15), st.integers(min_value=0, max_value=9999))
def test_a_number_in_arabic_digits_is_read_as_itself(whole: int, fraction: int) -> None:
    for printed in (f"{whole}.{fraction:04d}", f"{whole:,}.{fraction:04d}"):
        assert only(printed).value == Decimal(f"{whole}.{fraction:04d}")


@pytest.mark.parametrize(("text", "low", "high"), [("三五", 3, 5), ("七八百", 700, 800), ("两三万", 20000, 30000)])
def test_neighbouring_digits_are_a_span(text: str, low: int, high: int) -> None:
    found = only(text)
    assert (found.value, found.low, found.high) == (None, low, high)


def test_a_full_stop_inside_a_number_before_a_classifier_is_a_scanning_fault() -> None:
    found = only("2。46家")
    assert found.fault and found.value is None


def test_a_sentence_that_ends_in_a_number_is_no_fault() -> None:
    assert [n.fault for n in find_numerals("编号为3。另有5家")] == [False, False]


def test_folding_keeps_every_offset() -> None:
    text = "貳拾３，５００萬餘條，大陸隊伍收拾"
    folded = fold(text)
    assert len(folded) == len(text)
    assert folded.endswith("大陸隊伍收拾")


def test_the_thousand_of_a_kilowatt_belongs_to_the_unit() -> None:
    assert [n.value for n in find_numerals("600万千瓦")] == [6000000]


def test_noise_of_numeral_characters_is_no_numeral() -> None:
    assert list(find_numerals("亿" * 5000)) == []
