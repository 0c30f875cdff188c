"""Conversion of Traditional characters: the package's own result, and what the overlay adds."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from opencc import OpenCC

from pipeline.clean.script import dictionary, overlaid_converter, package_converter, script_edits
from pipeline.clean.text import Text

PHRASES = sorted(dictionary("TSPhrases.txt"))
CHARACTERS = sorted(dictionary("TSCharacters.txt"))
SEPARATORS = ["，", "。", " ", "「", "」", "\n", "5"]


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(PHRASES) | st.sampled_from(CHARACTERS) | st.sampled_from(SEPARATORS), max_size=12))
def test_the_engine_gives_what_the_package_gives(pieces: list[str]) -> None:
    text = "".join(pieces)
    assert package_converter().convert(text) == OpenCC("t2s").convert(text)


@settings(max_examples=400, deadline=None)
@given(st.text("".join(sorted({c for phrase in PHRASES for c in phrase})), max_size=25))
def test_overlapping_phrases_are_decided_as_the_package_decides(text: str) -> None:
    assert package_converter().convert(text) == OpenCC("t2s").convert(text)


@given(st.text(max_size=30))
def test_conversion_keeps_the_length_of_any_text(text: str) -> None:
    assert len(overlaid_converter(frozenset("着")).convert(text)) == len(text)


def simplified(text: str, script: str) -> str:
    return Text(text, tuple(script_edits(text, script))).clean


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("隨著港口擴建", "随着港口扩建"),
        ("著名港口的顯著成效", "著名港口的显著成效"),
        ("著力擴建，着眼長遠", "著力扩建，着眼长远"),
        ("乾安縣的乾貨", "乾安县的干货"),
        ("新增30餘家", "新增30余家"),
        ("「三生」裏的乾坤", "「三生」里的乾坤"),
    ],
)
def test_words_the_package_gets_wrong_are_laid_over_it(before: str, after: str) -> None:
    assert simplified(before, "Hant") == after


def test_each_changed_character_keeps_its_own_place() -> None:
    text = Text("40個項目", tuple(script_edits("40個項目", "Hant")))
    assert text.to_raw(0, 3) == (0, 3)


def test_a_mixed_document_is_judged_line_by_line() -> None:
    assert simplified("港口擴建後，貨運增長\n发展数据产业，昇腾", "mixed") == "港口扩建后，货运增长\n发展数据产业，昇腾"


def test_a_very_long_line_without_any_separator_is_converted() -> None:
    assert simplified("發" * 200_000, "Hant") == "发" * 200_000
