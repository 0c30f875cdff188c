"""Corrections apply where they are declared and nowhere else."""

from typing import Any

import pytest

from pipeline.clean.corrections import Correction, applicable, checked, correction_edits, corrections, hits
from pipeline.clean.document import clean_document

ROW: dict[str, Any] = {
    "id": "berths",
    "source": "port",
    "before": "泊位",
    "wrong": "1。2",
    "right": "12",
    "after": "个",
    "kind": "number",
    "why": "another line says 12",
    "hits_expected": {"original": 1},
}


def row(**changed: Any) -> Correction:
    return checked([{**ROW, **changed}])[0]


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


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"kind": "guess"}, "no kind"),
        ({"hits_expected": {"copy": 1}}, "hits_expected"),
        ({"hits_expected": 1}, "hits_expected"),
        ({"right": "1。2"}, "changes nothing"),
        ({"note": "x"}, "unknown"),
    ],
)
def test_a_row_that_is_wrong_is_refused_by_name(changed: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=f"berths.*{message}"):
        row(**changed)


def test_a_row_given_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="given twice"):
        checked([ROW, ROW])


def test_every_row_of_the_table_is_short_and_says_why() -> None:
    assert corrections()
    for correction in corrections():
        assert len(correction.before) + len(correction.wrong) + len(correction.after) <= 12
        assert correction.why


def test_a_document_gets_the_rows_of_its_id_and_edition() -> None:
    source = corrections()[0].source
    assert applicable(source, "digest") != applicable(source, "original")
    assert applicable("another", "original") == ()
