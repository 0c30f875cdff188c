"""Corrections apply where they are declared and nowhere else, and the file that declares them is read strictly."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from expectations.adapter import run_rule
from expectations.clean import RULES
from pipeline import clean, ingest
from pipeline.clean import corrections as module
from pipeline.clean.corrections import correction_edits, corrections, declared, hits
from pipeline.clean.declared import Correction, Declared, checked, read
from pipeline.clean.document import clean_document
from pipeline.contract.paths import SEEDS
from pipeline.ingest import registered_ids
from tests.clean.test_run import source, tables

REVIEWED, REVISED = "1" * 64, "2" * 64
DOCUMENTS: dict[str, Any] = {
    "port": {"source": "port", "edition": "original", "sha256": REVIEWED},
    "port_digest": {"source": "port", "edition": "digest", "sha256": "3" * 64},
}
ROW: dict[str, Any] = {
    "id": "berths",
    "scope": ["port"],
    "before": "泊位",
    "wrong": "1。2",
    "right": "12",
    "after": "个",
    "kind": "number",
    "why": "another line says 12",
    "evidence": {"port": [0, 5]},
    "reviewer": "editors",
    "date": "2026-01-31",
    "expected_hits": 1,
}
GLOBAL: dict[str, Any] = {"scope": "global", "evidence": {"fact": "泊位 are counted whole"}, "expected_hits": None}


def file_of(*rows: dict[str, Any]) -> Declared:
    return checked({"documents": DOCUMENTS, "corrections": list(rows)})


def row(**changed: Any) -> Correction:
    return file_of({**ROW, **changed}).corrections[0]


# On a text


def test_only_the_faulty_characters_in_their_context_change() -> None:
    text, found = clean_document("泊位1。2个，岸线1。2千米。", corrections=[row()])
    assert text.clean == "泊位12个，岸线1。2千米。"
    assert found == {"berths": 1}
    assert [(edit.start, edit.end, edit.rule) for edit in text.edits] == [(3, 4, "correction:berths")]


def test_context_is_read_without_the_tags_that_cut_it() -> None:
    text, found = clean_document("<p>泊<b>位</b>1。2个</p>", media_type="text/html", corrections=[row()])
    assert (text.clean, found) == ("泊位12个", {"berths": 1})


def test_what_nothing_decides_stays_as_printed() -> None:
    undecided = row(right=None)
    assert correction_edits("泊位1。2个", undecided) == []
    assert hits("泊位1。2个", undecided) == [2]


def test_a_correction_that_finds_nothing_says_so() -> None:
    assert clean_document("泊位12个", corrections=[row()])[1] == {"berths": 0}


def test_corrections_come_before_the_conversion_of_script() -> None:
    fault = row(before="智慧", wrong="務", right="物", after="流", kind="character")
    assert clean_document("智慧務流擴建", script="Hant", corrections=[fault])[0].clean == "智慧物流扩建"


# In the stage


Declare = Callable[..., None]


@pytest.fixture
def declare(monkeypatch: pytest.MonkeyPatch) -> Declare:
    """Let the stage read these rows instead of the file."""

    def put(*rows: dict[str, Any]) -> None:
        monkeypatch.setattr(module, "declared", lambda: file_of(*rows))

    return put


def cleaned(*documents: tuple[str, str, str]) -> dict[str, pa.Table]:
    """The stage's tables of documents: source_id, sha256, text."""
    read = tables(*((source(name, sha256=sha256), text, 0) for name, sha256, text in documents))
    return {"sources": read[0], "documents": read[1], **clean.run(*read)}


def red(found: dict[str, pa.Table]) -> set[str]:
    return {rule.name for rule in RULES if rule.table == "corrections" and not run_rule(rule, found)[0].passed}


WHOLE = "泊位12个。\n又有泊位1。2个。\n"


def told(found: dict[str, pa.Table]) -> list[tuple[Any, ...]]:
    columns = ("source_id", "scope", "expected_hits", "found_hits", "outcome")
    return [tuple(one[column] for column in columns) for one in found["corrections"].to_pylist()]


def test_a_correction_goes_with_the_bytes_whatever_the_file_is_called(declare: Declare) -> None:
    declare(ROW)
    found = cleaned(("copy", REVIEWED, WHOLE), ("other", REVISED, WHOLE))
    assert told(found) == [("copy", REVIEWED, 1, 1, "applied")]
    assert red(found) == set()
    assert "又有泊位12个。" in {one["text"] for one in found["passages"].to_pylist() if one["source_id"] == "copy"}


def test_all_that_is_declared_is_published(declare: Declare) -> None:
    declare(ROW)
    (one,) = cleaned(("port", REVIEWED, WHOLE))["corrections"].to_pylist()
    assert one == {
        **{
            name: ROW[name]
            for name in ("before", "wrong", "right", "after", "kind", "why", "reviewer", "expected_hits")
        },
        "correction_id": "berths",
        "source_id": "port",
        "scope": REVIEWED,
        "evidence": None,
        "evidence_start": 0,
        "evidence_end": 5,
        "date": dt.date(2026, 1, 31),
        "found_hits": 1,
        "outcome": "applied",
    }


@pytest.mark.parametrize("text", ["泊位12个。又有泊位12个。", "泊位12个。泊位1。2个，泊位1。2个。"])
def test_a_correction_that_finds_another_number_of_places_turns_the_gate_red(text: str, declare: Declare) -> None:
    declare(ROW)
    found = cleaned(("port", REVIEWED, text))
    assert told(found)[0][-1] == "failed"
    assert red(found) == {"corrections_hit"}


def test_a_revised_document_turns_the_gate_red_and_is_left_as_it_is(declare: Declare) -> None:
    declare(ROW)
    found = cleaned(("port", REVISED, WHOLE))
    assert told(found) == [("port", REVIEWED, 1, 0, "outdated")]
    assert red(found) == {"corrections_up_to_date"}
    assert not [edit for edit in found["edits"].to_pylist() if "correction" in edit["rule"]]
    (rule,) = (rule for rule in RULES if rule.name == "corrections_up_to_date")
    assert "write its sha256 under `documents` in seeds/corrections.yaml" in rule.advice


def test_another_edition_of_a_document_has_nothing_to_wait_for(declare: Declare) -> None:
    declare(ROW)
    read = tables((source("port", sha256=REVISED, edition="digest"), WHOLE, 0))
    assert clean.run(*read)["corrections"].num_rows == 0


def test_a_place_that_does_not_print_the_right_reading_proves_nothing(declare: Declare) -> None:
    declare(ROW | {"evidence": {"port": [0, 3]}})
    assert red(cleaned(("port", REVIEWED, WHOLE))) == {"corrections_are_proven"}


def test_what_nothing_decides_is_told_as_such(declare: Declare) -> None:
    declare(ROW | {"right": None})
    found = cleaned(("port", REVIEWED, WHOLE))
    assert told(found)[0][-1] == "undecided"
    assert red(found) == set()


def test_a_global_correction_is_told_of_each_document_it_stands_in(declare: Declare) -> None:
    declare(ROW | GLOBAL)
    found = cleaned(("a", REVIEWED, WHOLE + WHOLE), ("b", REVISED, WHOLE), ("c", "4" * 64, "无泊位。"))
    assert told(found) == [("a", "global", None, 2, "applied"), ("b", "global", None, 1, "applied")]
    assert red(found) == set()


@pytest.mark.parametrize(("least", "held"), [(None, True), (2, True), (3, False)])
def test_the_bundled_documents_hold_as_many_places_as_a_global_correction_asks(
    least: int | None, held: bool, declare: Declare, monkeypatch: pytest.MonkeyPatch
) -> None:
    declare(ROW | GLOBAL | {"expected_hits": least})
    monkeypatch.setattr("expectations.clean.registered_ids", lambda _: {"a", "b"})
    found = cleaned(("a", REVIEWED, WHOLE), ("b", REVISED, WHOLE))
    assert red(found) == (set() if held else {"corrections_hit"})
    assert red(cleaned(("a", REVIEWED, WHOLE))) == set(), "asked of the bundled documents alone"


# The file


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"kind": "guess"}, "guess is no kind of correction: character, number, "),
        ({"kind": ["number"]}, r"kind must be text and not empty \(put it in quotes\)"),
        ({"expected_hits": {"original": 1}}, "expected_hits must be a whole number from 1"),
        ({"expected_hits": True}, "expected_hits"),
        ({"expected_hits": 0}, "expected_hits"),
        ({"expected_hits": None}, "expected_hits"),
        ({**GLOBAL, "expected_hits": 0}, "expected_hits must be a whole number from 1, or null"),
        ({"wrong": 1.2}, "wrong must be text"),
        ({"wrong": ""}, "wrong must be text and not empty"),
        ({"right": 12}, r"right must be text \(put it in quotes\)"),
        ({"right": "1。2"}, "changes nothing"),
        ({"why": ""}, "why must be text"),
        ({"reviewer": None}, "reviewer must be text"),
        ({"note": "x"}, "missing or unknown: note"),
        ({"date": "31.1.2026"}, "date: 31.1.2026 is no day written like 2026-01-31"),
        ({"date": "2026-02-30"}, "date: 2026-02-30 is no day"),
        ({"date": "20260131"}, "date: 20260131 is no day"),
        ({"scope": "port"}, "scope must be global or a list of names of `documents`"),
        ({"scope": []}, "scope must be"),
        ({"scope": ["harbour"]}, "scope: harbour is not among `documents`"),
        ({"scope": ["port", "port"]}, "named twice"),
        ({"evidence": "another line"}, "evidence must be a fact, or places"),
        ({"evidence": {"port_digest": [0, 1]}}, "evidence must be a fact, or places"),
        ({"evidence": {"fact": ""}}, "evidence: a fact must be text"),
        ({"evidence": {"port": [5, 5]}}, "evidence: the place in port ends before it begins"),
        ({"evidence": {"port": [0, "5"]}}, r"evidence: the place in port must be \[start, end\]"),
        ({"scope": ["port", "port_digest"]}, "evidence: no fact, and no place in port_digest"),
    ],
)
def test_a_row_that_is_wrong_is_refused_by_name(changed: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=f"^berths: .*{message}"):
        row(**changed)


@pytest.mark.parametrize("name", sorted(ROW))
def test_a_row_that_lacks_a_field_is_refused_by_name(name: str) -> None:
    lacking = {field: said for field, said in ROW.items() if field != name}
    with pytest.raises(ValueError, match=f"^{'row 2' if name == 'id' else 'berths'}: missing or unknown: {name}$"):
        file_of(ROW | {"id": "quays", "wrong": "l2"}, lacking)


@pytest.mark.parametrize(
    "other",
    [
        {},
        {"id": "quays"},
        {"id": "quays", "before": "", "after": ""},
        {"id": "quays", "before": "", "wrong": "位1。2", "right": "位12"},
        {"id": "quays", "before": "泊位1", "wrong": "。", "right": "", "after": "2"},
        {"id": "quays", **GLOBAL},
    ],
)
def test_two_rows_for_one_place_are_refused(other: dict[str, Any]) -> None:
    for rows in ((ROW, ROW | other), (ROW | other, ROW)):
        with pytest.raises(
            ValueError, match=r"^(berths|quays): (given twice|corrects the same place as (berths|quays))$"
        ):
            file_of(*rows)


@pytest.mark.parametrize(
    "other",
    [
        {"id": "quays", "before": "码头"},
        {"id": "quays", "scope": ["port_digest"], "evidence": {"port_digest": [0, 5]}},
        {"id": "quays", "before": "", "wrong": "泊位", "right": "码头", "after": "1"},
    ],
)
def test_rows_for_two_places_stand_together(other: dict[str, Any]) -> None:
    assert len(file_of(ROW, ROW | other).corrections) == 2


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("corrections:\n  - id: a\n   wrong: b\n", "corrections.yaml, line 3: no YAML: "),
        (
            "corrections:\n  - id: a\n    right: b\n    right: c\n",
            "corrections.yaml, line 4: no YAML: right is given twice",
        ),
        ("- id: a\n", "corrections.yaml, as a whole: it holds `documents` and `corrections`"),
        ("corrections: none\n", "corrections.yaml, as a whole: "),
        ("corrections:\n  - a\n", "corrections.yaml, row 1: not a row"),
        ("corrections:\n  - {id: a, date: 2026-13-01}\n", "corrections.yaml, a: missing or unknown: after, "),
        (
            "documents:\n  a: {source: b, edition: original}\n",
            "corrections.yaml, document a: it has source, edition and sha256",
        ),
        ("documents:\n  a: {source: b, edition: copy, sha256: " + "a" * 64 + "}\n", "document a: no such edition"),
        ("documents:\n  a: {source: b, edition: original, sha256: ab}\n", "document a: sha256 must be 64"),
    ],
)
def test_a_file_that_is_none_is_refused_in_one_line(text: str, message: str, tmp_path: Path) -> None:
    file = tmp_path / "corrections.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=r".") as refused:
        read(file)
    assert message in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_bad_file_stops_the_stage_and_sets_no_document_aside(monkeypatch: pytest.MonkeyPatch) -> None:
    def bad() -> Declared:
        return file_of(ROW | {"date": "soon"})

    monkeypatch.setattr(module, "declared", bad)
    with pytest.raises(ValueError, match=r"^berths: date: soon is no day"):
        cleaned(("port", REVIEWED, WHOLE))


def test_every_row_of_the_table_is_short_and_says_why() -> None:
    assert corrections()
    for correction in corrections():
        assert len(correction.printed) <= 12
        assert correction.why
        assert correction.places or correction.fact


def test_the_documents_of_the_file_are_those_of_the_registry() -> None:
    """The bundled files by their bytes, the originals by the hash that the registry gives."""
    sources = {one["source_id"]: one for one in ingest.run(SEEDS)["sources"].to_pylist()}
    assert declared().documents
    assert {one.source for one in declared().documents} <= registered_ids(SEEDS)
    for one in declared().documents:
        hashes = {"digest": "sha256", "original": "original_sha256"}
        assert sources[one.source][hashes[one.edition]] == one.sha256
