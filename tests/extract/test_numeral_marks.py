"""Where numerals stand is found as ``holds_numeral`` finds it."""

import sys

from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.numeral_marks import numeral_places
from pipeline.extract.numerals import holds_numeral


def test_every_character_is_told_as_the_expression_tells_it() -> None:
    every = [chr(point) for point in range(sys.maxunicode + 1)]
    held = [point for point, character in enumerate(every) if holds_numeral(character)]
    assert numeral_places(["".join(every)]) == [held]


@given(st.lists(st.text(alphabet="一2○年建\n𝟙𠀀", max_size=6), max_size=5))
def test_the_places_are_those_of_each_text(texts: list[str]) -> None:
    assert numeral_places(texts) == [[at for at, one in enumerate(text) if holds_numeral(one)] for text in texts]
