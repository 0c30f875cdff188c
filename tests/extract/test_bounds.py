"""Words of bound and of direction belong to the number they govern, and to no other."""

import pytest

from pipeline.contract.codes import codes_of
from pipeline.contract.seed import seed_rows
from pipeline.extract.bounds import bound_after, bound_before
from pipeline.extract.quantities import find_quantities
from pipeline.extract.signs import decline_before, minus_before


@pytest.mark.parametrize(
    ("before", "bound"),
    [
        ("会员逾", "gt"),
        ("会员超过了", "gt"),
        ("会员约 ", "approx"),
        ("会员约为", "approx"),
        ("会员不少于", "ge"),
        ("每户最高给予", "le"),
        ("不超过投资额的", "le"),
        ("约占全市总量的", "approx"),
        ("尚不足", "lt"),
        ("节约", None),
        ("附近", None),
        ("签约", None),
        ("赶超", None),
        ("超过去年，达到", None),
    ],
)
def test_a_cue_before_the_number(before: str, bound: str | None) -> None:
    found = bound_before(before + "30%", len(before))
    assert (found.code if found else None) == bound


@pytest.mark.parametrize(
    ("after", "bound"),
    [
        ("以上", "ge"),
        ("及以上", "ge"),
        ("左右", "approx"),
        ("以内", "le"),
        ("以外", "gt"),
        ("的企业", None),
        ("。以上是", None),
    ],
)
def test_a_cue_after_the_number(after: str, bound: str | None) -> None:
    found = bound_after("30家" + after, 0, 3)
    assert (found.code if found else None) == bound


@pytest.mark.parametrize(
    ("before", "negative"),
    [
        ("成本降低", True),
        ("成本降低了近", True),
        ("降低企业用电成本", True),
        ("低于全国平均水平", True),
        ("比上年少", True),
        ("失业率降至", False),
        ("失业率下降到", False),
        ("起降", False),
        ("不少", False),
        ("成本降低，产值增长", False),
        ("降幅收窄后增长", False),
        ("下降企业的产值占", False),
        ("高于", False),
    ],
)
def test_a_word_of_decline_makes_the_number_negative(before: str, negative: bool) -> None:
    assert (decline_before(before + "3%", len(before)) is not None) is negative


@pytest.mark.parametrize(
    ("before", "negative"),
    [("增长-", True), ("（-", True), ("为负", True), ("5-", False), ("A-", False), ("12%-", False)],
)
def test_a_minus_sign_is_none_after_a_number_or_letter(before: str, negative: bool) -> None:
    assert (minus_before(before + "3%", len(before)) is not None) is negative


def test_a_cue_before_a_list_governs_all_and_one_after_its_own() -> None:
    bounds = [quantity.bound for quantity in find_quantities("分别超过3%、4%和5%")]
    assert bounds == ["gt", "gt", "gt"]
    assert [quantity.bound for quantity in find_quantities("占比3%、4%以上")] == ["eq", "ge"]


def test_the_cue_lies_outside_the_quote_and_inside_the_reading() -> None:
    text = "用户超过4万户左右"
    (found,) = find_quantities(text)
    assert text[found.start : found.end] == "4万户"
    assert text[found.reading_start : found.reading_end] == "超过4万户左右"


def test_every_bound_of_the_table_is_a_code() -> None:
    assert {row["bound"] for row in seed_rows("bounds")} <= codes_of("bound")
    assert {row["side"] for row in seed_rows("bounds")} == {"before", "after"}
