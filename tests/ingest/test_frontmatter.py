"""Front matter is found by its lines; body text between two rules stays body text."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.ingest.frontmatter import LONGEST, MOST_FIELDS, read

CASES = json.loads((Path(__file__).parents[1] / "cases" / "ingest" / "front_matter.json").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_front_matter_ends_where_the_body_begins(case: dict[str, object]) -> None:
    text = str(case["text"])
    found = read(text)
    body = text[found.end :] if found.end else None
    assert (found.fields, body) == (case["fields"], case["body"])


@pytest.mark.parametrize(
    "value",
    [
        "[" * 30_000,
        "{a: " * 8_000,
        "&a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\nd: &d [*c,*c]\ne: [*d,*d]",
        "!!python/object/apply:os.system ['true']",
        "*undefined",
        "\x00\x07",
        "'" * 30_000,
    ],
    ids=[
        "deep list",
        "deep mapping",
        "aliases that multiply",
        "a tag that calls",
        "an alias of nothing",
        "control characters",
        "quotes",
    ],
)
def test_hostile_yaml_is_front_matter_whose_other_fields_are_read(value: str) -> None:
    text = f"---\ntitle: 甲\nx: {value}\n---\n正文"
    found = read(text)
    assert text[found.end :] == "正文"
    assert found.fields["title"] == "甲"


def test_a_block_longer_than_the_limit_is_no_front_matter() -> None:
    assert read("---\ntitle: 甲\n" + "a: b\n" * LONGEST + "---\n").end == 0


def test_no_more_fields_are_kept_than_a_document_has() -> None:
    text = "---\n" + "".join(f"k{i}: 1\n" for i in range(MOST_FIELDS + 50)) + "---\n"
    assert len(read(text).fields) == MOST_FIELDS


@settings(deadline=None)
@given(
    st.text(st.sampled_from("-–\n\r :#'\"[]{}&*!>|@%\ufeffatitle甲。"), max_size=60).map(
        lambda inner: f"---\ntitle: 甲\n{inner}\n---\n"
    )
)
def test_any_block_is_read_without_an_error_and_ends_inside_the_text(text: str) -> None:
    found = read(text)
    assert 0 <= found.end <= len(text)
    assert bool(found.end) or not found.fields
