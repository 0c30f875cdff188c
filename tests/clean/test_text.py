"""The map between raw and clean text holds for any edits, and for edits laid over edits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.clean.text import Edit, Text, joined_rules

ALPHABET = "数字经济19.<>&\n　"


def apply_plainly(text: str, edits: tuple[Edit, ...]) -> str:
    """The edits done one by one from the end: what a Text must agree with."""
    for edit in reversed(edits):
        text = text[: edit.start] + edit.replacement + text[edit.end :]
    return text


@st.composite
def edits_on(draw: st.DrawFn, length: int, name: str) -> tuple[Edit, ...]:
    bounds = sorted(draw(st.lists(st.integers(0, length), max_size=10)))
    made: list[Edit] = []
    for number, (start, end) in enumerate(zip(bounds[::2], bounds[1::2], strict=False)):
        if made and (made[-1].start, made[-1].end) == (start, end):
            continue
        made.append(Edit(start, end, draw(st.text(ALPHABET, max_size=3)), f"{name}{number}"))
    return tuple(made)


@st.composite
def texts(draw: st.DrawFn) -> Text:
    raw = draw(st.text(ALPHABET, max_size=30))
    return Text(raw, draw(edits_on(len(raw), "a")))


@given(texts())
def test_clean_is_what_the_edits_make_of_the_raw_text(text: Text) -> None:
    assert text.clean == apply_plainly(text.raw, text.edits)


@given(st.data())
def test_a_further_step_composes_onto_the_raw_text(data: st.DataObject) -> None:
    text = data.draw(texts())
    for name in "bcd":
        step = data.draw(edits_on(len(text.clean), name))
        after = text.apply(step)
        assert after.clean == apply_plainly(text.clean, step)
        assert after.raw == text.raw
        assert_known_as_computed(after)
        text = after


@given(st.data())
def test_the_places_of_many_stretches_are_those_of_each(data: st.DataObject) -> None:
    text = data.draw(texts())
    bounds = sorted(data.draw(st.lists(st.integers(0, len(text.clean)), max_size=12)))
    stretches = list(zip(bounds[::2], bounds[1::2], strict=False))
    assert text.places(stretches) == [text.to_raw(*stretch) for stretch in stretches]


@given(st.data())
def test_other_words_in_the_replacements_are_a_step_that_moves_nothing(data: st.DataObject) -> None:
    text = data.draw(texts())
    stands = {"\x1e": "字", "\x1f": "\n"}
    marked = Text(
        text.raw,
        tuple(Edit(*edit[:2], edit[2].replace("字", "\x1e").replace("\n", "\x1f"), edit[3]) for edit in text.edits),
    )
    step = [Edit(at, at + 1, stands[one], "plain") for at, one in enumerate(marked.clean) if one in stands]
    after = marked.reworded(stands, "plain")
    assert (after.edits, after.clean) == (marked.apply(step).edits, marked.apply(step).clean)
    assert_known_as_computed(after)


def assert_known_as_computed(text: Text) -> None:
    """A step knows the clean text and the offsets of what it made; they are those of a text made anew from the edits."""
    anew = Text(text.raw, text.edits)
    assert anew.clean == text.clean
    assert [anew.to_raw(at, at) for at in range(len(anew.clean) + 1)] == [
        text.to_raw(at, at) for at in range(len(text.clean) + 1)
    ]
    assert [anew.to_clean(at) for at in range(len(anew.raw) + 1)] == [
        text.to_clean(at) for at in range(len(text.raw) + 1)
    ]


@given(texts())
def test_to_clean_is_monotone_and_inverts_to_raw_on_untouched_characters(text: Text) -> None:
    offsets = [text.to_clean(offset) for offset in range(len(text.raw) + 1)]
    assert offsets == sorted(offsets)
    assert offsets[-1] <= len(text.clean)
    touched = {place for edit in text.edits for place in range(edit.start, edit.end)}
    for place in set(range(len(text.raw))) - touched:
        clean = text.to_clean(place)
        assert text.clean[clean] == text.raw[place]
        assert text.to_raw(clean, clean + 1) == (place, place + 1)


@given(texts(), st.data())
def test_to_raw_is_monotone_and_the_edits_inside_a_stretch_yield_it(text: Text, data: st.DataObject) -> None:
    starts = [text.to_raw(at, at)[0] for at in range(len(text.clean) + 1)]
    assert starts == sorted(starts)
    start = data.draw(st.integers(0, len(text.clean)))
    end = data.draw(st.integers(start, len(text.clean)))
    raw_start, raw_end = text.to_raw(start, end)
    assert 0 <= raw_start <= raw_end <= len(text.raw)
    inside = tuple(
        Edit(edit.start - raw_start, edit.end - raw_start, edit.replacement, edit.rule)
        for edit in text.edits
        if raw_start <= edit.start and edit.end <= raw_end
    )
    assert text.clean[start:end] in Text(text.raw[raw_start:raw_end], inside).clean


@given(texts(), st.integers(0, 30), st.integers(0, 30))
def test_edits_over_a_stretch_are_those_that_replace_a_character_of_it(text: Text, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text.raw)), min(other, len(text.raw))))
    expected = tuple(edit for edit in text.edits if edit.start < end and edit.end > start)
    assert text.edits_over(start, end) == expected


def test_edits_that_merely_touch_keep_their_own_place() -> None:
    text = Text("</p>１家", (Edit(0, 4, "\n", "tag"),)).apply([Edit(1, 2, "1", "width")])
    assert text.to_raw(1, 3) == (4, 6)


def test_a_deletion_leaves_the_reason_of_earlier_deletions_inside_it() -> None:
    text = Text("编辑<i>甲</i>乙", (Edit(2, 5, "", "tag"), Edit(6, 10, "", "tag"))).apply([Edit(0, 4, "", "furniture")])
    assert [(edit.start, edit.end, edit.rule) for edit in text.edits] == [
        (0, 2, "furniture"),
        (2, 5, "tag"),
        (5, 6, "furniture"),
        (6, 10, "tag"),
        (10, 11, "furniture"),
    ]


def test_an_edit_undone_by_a_later_one_vanishes() -> None:
    assert Text("甲", (Edit(0, 1, "乙", "a"),)).apply([Edit(0, 1, "甲", "b")]).edits == ()


@pytest.mark.parametrize(
    "edits", [(Edit(0, 2, "", "a"), Edit(1, 3, "", "b")), (Edit(2, 9, "", "a"),), (Edit(2, 1, "", "a"),)]
)
def test_edits_that_overlap_or_leave_the_text_are_refused(edits: tuple[Edit, ...]) -> None:
    with pytest.raises(ValueError, match="overlaps"):
        Text("一二三", edits)


def test_offsets_outside_the_text_are_refused() -> None:
    text = Text("一二")
    with pytest.raises(ValueError, match="no stretch"):
        text.to_raw(1, 3)
    with pytest.raises(ValueError, match="no offset"):
        text.to_clean(3)


def test_rules_are_joined_once_each() -> None:
    assert joined_rules("a", "b+a", "c") == "a+b+c"
