"""Words written as one expression match what they match one by one, the longest first."""

import re

from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.alternation import alternation

WORDS = st.lists(st.text("年季月去+.", min_size=1, max_size=4), min_size=1, max_size=8)


@given(WORDS, st.text("年季月去+.", max_size=8))
def test_the_longest_word_is_matched_as_by_the_plain_alternation(words: list[str], text: str) -> None:
    plain = "|".join(re.escape(word) for word in sorted(set(words), key=lambda word: (-len(word), word)))
    assert re.findall(alternation(words), text) == re.findall(f"(?:{plain})", text)


@given(WORDS, st.text("年季月去+.", max_size=8))
def test_shorter_words_are_tried_where_the_longest_leaves_no_end(words: list[str], text: str) -> None:
    whole = re.fullmatch(f"{alternation(words)}{alternation(words)}", text) is not None
    assert whole == any(text == one + two for one in words for two in words)
