"""Where numerals stand is found as ``holds_numeral`` finds it."""

import re
import sys

from hypothesis import given
from hypothesis import strategies as st

from pipeline.contract.seed import seed_rows
from pipeline.extract.exclusions import find_exclusions
from pipeline.extract.numeral_marks import numerals_of
from pipeline.extract.numerals import find_numerals, holds_numeral

# What the patterns speak of, in pieces.
KINDS = sorted(
    {piece for row in seed_rows("name_patterns") for piece in re.findall("[\u4e00-\u9fff]{2,4}", row["regex"])}
)


def test_every_character_is_told_as_the_expression_tells_it() -> None:
    every = [chr(point) for point in range(sys.maxunicode + 1)]
    held = [point for point, character in enumerate(every) if holds_numeral(character)]
    assert numerals_of(["".join(every)])[0].places == held


@given(st.lists(st.text(alphabet="一2２○年建\n𝟙𠀀", max_size=6), max_size=5))
def test_the_places_are_those_of_each_text(texts: list[str]) -> None:
    assert numerals_of(texts) == [
        ([at for at, one in enumerate(text) if holds_numeral(one)], "𝟙" not in text) for text in texts
    ]


@given(
    st.lists(st.sampled_from([*"0123456789.,%年月日万亿千百十一二三半第号个家元/—至 ", *KINDS]), max_size=24).map(
        "".join
    )
)
def test_a_text_of_plain_digits_is_read_as_any_other(text: str) -> None:
    assert find_exclusions(text, True) == find_exclusions(text)
    assert find_numerals(text, True) == find_numerals(text)


def test_digits_of_other_scripts_are_no_plain_ones() -> None:
    assert [one.plain for one in numerals_of(["建成12座", "建成１２座", "建成٣座"])] == [True, True, False]
    assert (find_numerals("建成٣座", True), len(find_numerals("建成٣座"))) == ([], 1)
