"""The form of a text (HTML, Markdown, plain) and its script (simplified, traditional)."""

import csv
from pathlib import Path

import pytest

from pipeline.contract.codes import codes_of
from pipeline.ingest.mediatype import media_type
from pipeline.ingest.script import script_characters, script_of

with (Path(__file__).parents[1] / "cases" / "ingest" / "texts.csv").open(encoding="utf-8", newline="") as lines:
    ROWS = list(csv.DictReader(lines))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["text"][:16])
def test_the_form_and_the_script_of_a_text_are_told(row: dict[str, str]) -> None:
    assert (media_type(row["text"], 0), script_of(row["text"])) == (row["media_type"], row["script"])


def test_a_text_with_front_matter_is_markdown_unless_its_body_is_html() -> None:
    head = "---\ntitle: <p>\n---\n"
    assert media_type(head + "目标三项", len(head)) == "text/markdown"
    assert media_type(head + "<p>目标三项</p>", len(head)) == "text/html"


def test_every_form_and_script_told_is_in_the_code_lists() -> None:
    assert {row["media_type"] for row in ROWS} == codes_of("media_type")
    assert {row["script"] for row in ROWS} == codes_of("script")


def test_characters_valid_in_both_scripts_tell_nothing() -> None:
    known = script_characters()
    assert not known.hans & known.hant
    assert not {"后", "里", "台", "于", "准", "干"} & (known.hans | known.hant)
    assert {"国", "产"} <= known.hans
    assert {"國", "產"} <= known.hant


def test_each_character_that_tells_a_script_tells_it_in_any_surroundings() -> None:
    """Surrogates and characters above all that the tables hold are neither; there are characters outside the plane of UTF-16."""
    known = script_characters()
    assert any(ord(character) > 0xFFFF for character in known.hans | known.hant)
    for script, characters in (("Hans", known.hans), ("Hant", known.hant)):
        assert {script_of(f"a\U0010ffff{character}\ud800，") for character in characters} == {script}
    both = set(map(chr, range(0x4E00, 0xA000))) - known.hans - known.hant
    assert script_of("".join(sorted(both))) == "none"
