"""Rights: what text of a document leaves the work area under each evidence policy."""

from collections.abc import Mapping
from typing import Any

import pyarrow as pa
import pytest

from expectations.publish import policy_breaches
from pipeline.contract import ALL, BY_NAME, PUBLISHED
from pipeline.publish.policy import SNIPPET, policies, redact
from tests.gates.builders import DIGEST, ORIGINAL, World, changed, where, world

GOVERNED = [table for table in PUBLISHED if any(column.policy for column in table.columns)]
LONG = "县里说，" * 20 + "建成基站120个" + "，大家都很高兴" * 20


def released(policy: str, tables: World | None = None) -> World:
    """All published tables as they leave when both documents have this policy."""
    found = tables or world()
    of = dict.fromkeys((DIGEST, ORIGINAL), policy)
    return {table.name: redact(table.name, found[table.name], of) for table in PUBLISHED}


def texts(table: str, found: pa.Table) -> list[str]:
    """All text in the columns that a policy governs."""
    names = [column.name for column in BY_NAME[table].columns if column.policy]
    return [row[name] for row in found.to_pylist() for name in names if row[name] is not None]


def breaches(tables: World, policy: str) -> list[Mapping[str, Any]]:
    """What the gate of the candidate finds when the documents have this policy."""
    sources = tables["sources"]
    at = sources.schema.get_field_index("evidence_policy")
    told = sources.set_column(at, sources.schema.field(at), pa.array([policy] * sources.num_rows))
    return list(policy_breaches({**tables, "sources": told}))


def with_context(text: str, **values: Any) -> pa.Table:
    """The claims, the first of 120 stations in another sentence."""
    claims = world()["claims"]
    return changed(claims, where(claims, value=120.0), context=text, **values)


def context_of_stations(claims: pa.Table) -> str | None:
    context: str | None = claims.to_pylist()[where(claims, value=120.0)]["context"]
    return context


def test_every_table_with_text_says_of_which_document_it_is() -> None:
    assert {table.name for table in GOVERNED} >= {"claims", "passages", "edits", "programmes"}
    for table in ALL:
        if any(column.policy for column in table.columns):
            assert table.column("source_id").references in (None, "sources.source_id")


def test_text_columns_may_be_null_in_published_tables() -> None:
    assert [c.name for table in GOVERNED for c in table.columns if c.policy and not c.nullable] == []


def test_full_leaves_every_table_as_it_is() -> None:
    for name, found in released("full").items():
        assert found.equals(world()[name]), name
    assert breaches(released("full"), "full") == []


@pytest.mark.parametrize("table", GOVERNED, ids=lambda table: table.name)
def test_none_leaves_no_text_and_every_fact(table) -> None:  # type: ignore[no-untyped-def]
    assert texts(table.name, world()[table.name])
    shown = released("none")[table.name]
    assert texts(table.name, shown) == []
    facts = [column.name for column in table.columns if not column.policy]
    assert shown.select(facts).equals(world()[table.name].select(facts))


def test_none_leaves_the_candidate_without_a_breach() -> None:
    assert breaches(released("none"), "none") == []


@pytest.mark.parametrize("table", GOVERNED, ids=lambda table: table.name)
def test_text_that_was_not_withheld_is_a_breach(table) -> None:  # type: ignore[no-untyped-def]
    shown = {**released("none"), table.name: world()[table.name]}
    found = breaches(shown, "none")
    assert found and {breach["table"] for breach in found} == {table.name}
    assert {breach["column"] for breach in found} <= {column.name for column in table.columns if column.policy}


def test_a_policy_nobody_knows_is_none() -> None:
    shown = {**released("none"), "claims": with_context("建成基站120个")}
    assert {breach["column"] for breach in breaches(shown, "public")} >= {"context", "quote"}


def test_a_text_of_a_document_nobody_knows_is_a_breach_and_never_released() -> None:
    strangers = changed(world()["passages"], source_id="stranger")
    found = list(policy_breaches({"sources": world()["sources"], "passages": strangers}))
    assert found and {breach["source_id"] for breach in found} == {"stranger"}
    with pytest.raises(KeyError, match="stranger"):
        redact("passages", strangers, policies(world()["sources"]))


def test_a_snippet_is_at_most_sixty_characters_around_the_figure() -> None:
    shown = context_of_stations(released("snippet", {**world(), "claims": with_context(LONG)})["claims"])
    assert SNIPPET == 60
    assert shown is not None and len(shown) == SNIPPET
    assert "120个" in shown and shown in LONG
    before, after = shown.split("120个")
    assert abs(len(before) - len(after)) <= 1, "the figure stands in the middle"


@pytest.mark.parametrize(
    "text", ["建成基站120个" + "，大家都很高兴" * 20, "县里说，" * 20 + "建成基站120个"], ids=["start", "end"]
)
def test_a_snippet_at_an_end_of_the_sentence_holds_the_figure(text: str) -> None:
    shown = context_of_stations(released("snippet", {**world(), "claims": with_context(text)})["claims"])
    assert shown is not None and len(shown) == SNIPPET and "120个" in shown


def test_a_short_sentence_is_a_snippet() -> None:
    short = "建成基站120个"
    assert context_of_stations(released("snippet", {**world(), "claims": with_context(short)})["claims"]) == short


def test_where_cleaning_changed_the_quote_the_numeral_shows_the_place() -> None:
    claims = with_context(LONG, quote="１２０個", numeral="120")
    shown = context_of_stations(released("snippet", {**world(), "claims": claims})["claims"])
    assert shown is not None and "120" in shown


def test_a_sentence_without_the_figure_gives_no_snippet() -> None:
    claims = with_context("大家都很高兴，" * 20)
    assert context_of_stations(released("snippet", {**world(), "claims": claims})["claims"]) is None


def test_a_snippet_holds_no_passage_no_heading_and_no_edit() -> None:
    shown = released("snippet")
    assert [texts(name, shown[name]) for name in ("passages", "edits", "programmes")] == [[], [], []]
    assert breaches(shown, "snippet") == []


def test_a_phrase_longer_than_a_snippet_is_withheld_and_a_breach_where_it_is_not() -> None:
    claims = with_context("建成基站120个", indicator_text="很" * (SNIPPET + 1), subject_text="很" * SNIPPET)
    shown = released("snippet", {**world(), "claims": claims})
    row = shown["claims"].to_pylist()[where(claims, value=120.0)]
    assert (row["indicator_text"], row["subject_text"]) == (None, "很" * SNIPPET)
    assert {breach["column"] for breach in breaches({**shown, "claims": claims}, "snippet")} == {"indicator_text"}


def test_each_row_follows_its_own_document() -> None:
    passages = world()["passages"]
    shown = redact("passages", passages, {DIGEST: "full", ORIGINAL: "none"}).to_pylist()
    assert {row["source_id"] for row in shown if row["text"] is not None} == {DIGEST}
    assert {row["source_id"] for row in shown if row["text"] is None} == {ORIGINAL}


def test_tables_without_text_pass_as_they_are() -> None:
    for table in PUBLISHED:
        if table not in GOVERNED:
            assert released("none")[table.name] is world()[table.name]
