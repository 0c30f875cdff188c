"""What holds for any text, however broken."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.clean import clean_document, passages, sentences
from pipeline.clean.sentences import clauses
from pipeline.clean.tokens import tokens
from tests.clean.strategies import page_texts, plain_texts

SCRIPTS = st.sampled_from(("Hans", "Hant", "mixed", "none"))
MEDIA = st.sampled_from(("text/html", "text/markdown", "text/plain"))


@given(page_texts)
def test_tokens_tile_the_input(text: str) -> None:
    found = tokens(text)
    assert "".join(text[start:end] for _, start, end, _ in found) == text
    assert all(before[2] == after[1] for before, after in pairwise(found))


@settings(max_examples=300)
@given(page_texts, MEDIA, SCRIPTS)
def test_every_untouched_character_is_the_raw_one(raw: str, media_type: str, script: str) -> None:
    text, _ = clean_document(raw, media_type=media_type, script=script)
    offsets = [text.to_clean(offset) for offset in range(len(raw) + 1)]
    assert offsets == sorted(offsets)
    touched = {place for edit in text.edits for place in range(edit.start, edit.end)}
    for place in set(range(len(raw))) - touched:
        assert text.clean[offsets[place]] == raw[place]
        assert text.to_raw(offsets[place], offsets[place] + 1) == (place, place + 1)


@settings(max_examples=300)
@given(page_texts, MEDIA, SCRIPTS)
def test_clean_text_has_no_mark_of_structure_and_no_blank_line(raw: str, media_type: str, script: str) -> None:
    clean = clean_document(raw, media_type=media_type, script=script)[0].clean
    assert not set(clean) & set("\r\x1e\x1f\u2029\u200b")
    assert all(line.strip() for line in clean.split("\n")) or "\t" in clean or not clean


@settings(max_examples=300)
@given(page_texts, MEDIA)
def test_passages_hold_all_that_is_not_blank_in_order(raw: str, media_type: str) -> None:
    text, _ = clean_document(raw, media_type=media_type)
    found = passages(text)
    assert all(before.end <= after.start for before, after in pairwise(found))
    held = "".join(text.clean[passage.start : passage.end] for passage in found)
    assert "".join(held.split()) == "".join(text.clean.split())


@settings(max_examples=300)
@given(plain_texts)
def test_cleaning_plain_text_twice_is_cleaning_it_once(raw: str) -> None:
    once = clean_document(raw)[0].clean
    assert clean_document(once)[0].clean == once


@pytest.mark.parametrize("cut", [sentences, clauses])
@given(text=plain_texts)
def test_sentences_and_clauses_lie_in_order_and_lose_nothing_but_blanks(cut, text: str) -> None:  # type: ignore[no-untyped-def]
    found = cut(text, 0, len(text))
    assert all(before[1] <= after[0] for before, after in pairwise(found))
    assert "".join("".join(text[a:b] for a, b in found).split()) == "".join(text.split())
