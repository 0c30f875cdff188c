"""The scanner lists every digit and numeral character of a text, whatever stands around it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.scanner import numeral_runs

NUMERALS = "0123456789０９〇零一二三四五六七八九十百千万亿两半兆萬億兩壹貳"
TEXTS = st.text(alphabet=st.sampled_from([*NUMERALS, *"年月家的%.,，<>=\n abc"]), max_size=80)


@given(TEXTS)
def test_every_numeral_character_lies_in_exactly_one_run(text: str) -> None:
    covered = [at for start, end in numeral_runs(text) for at in range(start, end)]
    assert covered == [at for at, character in enumerate(text) if character in NUMERALS]


@given(TEXTS)
def test_runs_are_maximal_sorted_and_not_empty(text: str) -> None:
    end_before = -1
    for start, end in numeral_runs(text):
        assert end_before < start < end
        end_before = end


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ('<td width="40">3.4億餘條</td>', ["40", "3", "4億"]),
        ("date: 2022-05-23", ["2022", "05", "23"]),
        ("https://example.org/a1", ["1"]),
        ("1。98家", ["1", "98"]),
        ("統一大市場", ["一"]),
        ("没有数字", []),
    ],
)
def test_it_looks_into_tags_addresses_and_words(text: str, runs: list[str]) -> None:
    assert [text[start:end] for start, end in numeral_runs(text)] == runs
