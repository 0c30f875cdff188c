"""Where a rule is passed over because nothing can come of it, nothing would have come of it."""

import gc
import re
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.clean import clean_document, clean_fragment, document
from pipeline.clean.escapes import escape_edits
from pipeline.clean.lines import FLAT_CELL, TERMINAL, is_flat_row, is_terminal
from pipeline.clean.numbering import Style, mark_of, styles
from pipeline.clean.passages import LETTERS, PLAIN
from pipeline.clean.spaces import CONTROL, SPACED_NUMBER, SURPLUS, controls, single_feeds, unit_spaces
from pipeline.clean.width import GROUPED, SINGLE, width_edits
from pipeline.contract.collector import resting
from pipeline.contract.seed import seed_rows

NUMBERED = st.text('甲乙产值个家0123456789ABz.%、。；：,，（）“”/~+- 　\n\\"u５．，／％|', max_size=40)


@given(NUMBERED)
def test_a_stretch_that_no_rule_can_touch_is_left_as_it_is(raw: str) -> None:
    quick = clean_fragment(raw)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(document, "UNTOUCHED", re.compile(r"(?!)"))
        assert clean_fragment(raw) == quick


@given(st.one_of(NUMBERED, st.sampled_from(["首页", "责任编辑：某甲", "第1页", "返回顶部", "港口扩建.pdf"])))
def test_a_title_that_no_rule_can_touch_is_left_as_it_is(raw: str) -> None:
    for script in ("Hans", "Hant"):
        assert document.clean_title(raw, script) == clean_document(raw, script=script)[0].clean


def test_most_stretches_are_such() -> None:
    assert document.UNTOUCHED.fullmatch("超过1.25万亿元，增长9.5%")
    assert document.UNTOUCHED.fullmatch("1，250座") is None


def test_a_plain_character_gives_the_same_key_in_its_normal_form() -> None:
    plain = [chr(code) for code in range(0x110000) if PLAIN.fullmatch(chr(code))]
    assert len(plain) > 20000
    for character in plain:
        assert LETTERS.findall(unicodedata.normalize("NFKC", character)) == LETTERS.findall(character)


@given(NUMBERED)
def test_without_the_characters_of_a_rule_its_pattern_matches_nowhere(text: str) -> None:
    assert bool(width_edits(text)) == bool(SINGLE.search(text) or GROUPED.search(text))
    if SPACED_NUMBER.search(text) is None:
        assert unit_spaces(text) == []


@given(st.lists(st.sampled_from(["1", "23.5", "—", "甲", "乙", " ", "，", "3%"]), max_size=9).map(" ".join))
def test_a_row_of_fewer_than_three_cells_is_none(line: str) -> None:
    figures = sum(FLAT_CELL.fullmatch(cell) is not None for cell in line.split(" "))
    if is_flat_row(line):
        assert len(line.split(" ")) >= 3 and figures >= 2


@given(st.text("甲\n\u2029", max_size=12))
def test_single_feeds_leave_one_mark_a_gap(text: str) -> None:
    gone = {place for edit in single_feeds(text) for place in range(edit.start, edit.end)}
    left = "".join(character for place, character in enumerate(text) if place not in gone)
    assert re.search("[\n\u2029]{2}|^[\n\u2029]|[\n\u2029]$", left) is None


@given(st.text("甲\n\u2029", max_size=6))
def test_no_feed_is_surplus_where_none_is_looked_for(text: str) -> None:
    assert bool(single_feeds(text)) == bool(SURPLUS.search(text))


@given(st.text("甲a\t\n\r \u3000\x00\x1f\x7f\xad\u200b\u2029\ufeff\ufffb😀\ud83d", max_size=4))
def test_a_control_character_is_found_among_others(text: str) -> None:
    assert [text[edit.start : edit.end] for edit in controls(text)] == CONTROL.findall(text)


def test_every_control_character_is_found_by_itself() -> None:
    every = [chr(point) for point in range(sys.maxunicode + 1)]
    assert [character for character in every if controls(character)] == list(filter(CONTROL.match, every))


@given(st.text("甲1。！：…”）」\"'，", max_size=16))
def test_the_last_character_tells_most_ends_of_sentences(line: str) -> None:
    assert is_terminal(line) == bool(TERMINAL.search(line, max(0, len(line) - 12)))


@pytest.mark.parametrize("style", styles(), ids=lambda style: style.name)
def test_a_line_that_no_style_matches_is_told_by_one_pattern(style: Style) -> None:
    row = next(row for row in seed_rows("heading_marks") if row["style"] == style.name)
    assert (mark_of(f"{row['example']} 港口") or mark_of(f"{row['example']}港口")) is not None
    assert mark_of("港口") is None


@pytest.mark.parametrize(
    "joint", ['平稳。" +\n "全年', '平稳。"\n+ "全年', '平稳。\\n"+"全年', '平稳。" + "\\n全年'], ids=repr
)
def test_joints_of_strings_are_found_in_each_of_their_forms(joint: str) -> None:
    assert [edit.rule for edit in escape_edits(joint)].count("tag:joint") == 1
    escaped = joint.replace('"', '\\"', 1)
    assert "tag:joint" not in [edit.rule for edit in escape_edits(escaped)]


def test_the_collector_works_again_after_a_document_that_failed() -> None:
    assert gc.isenabled()
    with pytest.raises(ValueError, match="no sense"), resting():
        assert not gc.isenabled()
        raise ValueError("no sense in it")
    assert gc.isenabled()


def test_a_collector_that_rests_already_is_left_resting() -> None:
    with resting():
        with resting():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()
