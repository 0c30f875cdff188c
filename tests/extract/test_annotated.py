"""What the grammar reads in our own annotated documents does not fall behind what it once read."""

from pathlib import Path

import pytest

from pipeline.score import Score, read_annotations, score
from pipeline.single import kind_and_claims

ANNOTATED = Path(__file__).resolve().parents[1] / "annotated"

FLOORS = {
    "development": {"value": 0.99, "bound": 0.99, "unit": 0.99, "measure": 0.98, "statement": 0.98, "period": 0.965, "region": 0.99, "subject": 0.99, "indicator": 0.95},
    "held_out": {"value": 0.985, "bound": 0.99, "unit": 0.99, "measure": 0.97, "statement": 0.96, "period": 0.945, "region": 0.978, "subject": 0.865, "indicator": 0.845},
}  # fmt: skip
F1 = {"development": 0.99, "held_out": 0.98}


def scored(part: str) -> Score:
    whole = Score()
    for name, lines in sorted(read_annotations(sorted((ANNOTATED / part / "gold").glob("*.jsonl"))).items()):
        _kind, claims = kind_and_claims(ANNOTATED / part / name)
        whole.join(score(lines, claims))
    return whole


@pytest.mark.parametrize("part", sorted(FLOORS))
def test_a_set_of_annotated_documents_is_read_as_well_as_before(part: str) -> None:
    found = scored(part)
    assert found.n["found"] > 350, "the annotations were not read"
    assert found.f1 >= F1[part]
    fallen = {name: found.share(name) for name, floor in FLOORS[part].items() if found.share(name) < floor}
    assert not fallen


@pytest.mark.parametrize("part", sorted(FLOORS))
def test_every_quote_of_the_annotations_stands_in_its_document(part: str) -> None:
    for name, lines in read_annotations(sorted((ANNOTATED / part / "gold").glob("*.jsonl"))).items():
        raw = (ANNOTATED / part / name).read_bytes().decode("utf-8-sig")
        assert all(raw[line["start"] : line["end"]] == line["quote"] for line in lines), name
