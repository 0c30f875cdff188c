"""Two numbers are the ends of a range, or two values of their own."""

from decimal import Decimal

import pytest

from pipeline.extract.items import build_item
from pipeline.extract.numerals import find_numerals, fold
from pipeline.extract.quantities import find_quantities
from pipeline.extract.ranges import range_ends


def ends(text: str) -> tuple[Decimal, Decimal] | None:
    folded = fold(text)
    first, second = (build_item(folded, numeral) for numeral in find_numerals(folded))
    return range_ends(folded, first, second)


@pytest.mark.parametrize("joint", ["—", "——", "–", "-", "－", "～", "~", "至", "到", " - "])
def test_every_dash_and_word_joins(joint: str) -> None:
    assert ends(f"布点12{joint}18处") == (12, 18)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("4—5万套", 40000, 50000),
        ("5000—1万元", 5000, 10000),
        ("30万—80万元", 300000, 800000),
        ("200～300亿元", 20000000000, 30000000000),
        ("18%—22%", 18, 22),
        ("三到五年", 3, 5),
    ],
)
def test_the_scale_of_the_second_governs_both_unless_the_first_is_larger(text: str, low: int, high: int) -> None:
    assert ends(text) == (low, high)


@pytest.mark.parametrize("text", ["从12家到18家", "由4个至9个", "18—12处", "12个—18家", "12处，18处", "12—12处"])
def test_these_are_two_values(text: str) -> None:
    assert ends(text) is None


def test_a_range_has_no_value_and_the_bound_range() -> None:
    (found,) = find_quantities("布点12—18处以上")
    assert (found.value, found.bound, found.low, found.high) == (None, "range", 12, 18)


def test_a_decline_turns_the_ends_around() -> None:
    (found,) = find_quantities("能耗下降3%—5%")
    assert (found.low, found.high) == (-5, -3)
