"""Asking a stage again: a part stands for the whole, it is the same in every build, and what is asked is seen."""

from collections.abc import Callable

import pyarrow.compute as pc
import pytest

from expectations import again, compared
from expectations.again import Part, chosen, differences
from expectations.tables import Tables
from pipeline.contract import build
from tests.gates.builders import World
from tests.gates.built import built
from tests.gates.cases import row

PARTS: tuple[Callable[[Tables], Part], ...] = (again.cleaned, again.read, again.named, compared.figures)


def asked(make: Callable[[Tables], Part]) -> int:
    """Rows that a part asks again."""
    return sum(table.num_rows for table in make(Tables(built())).tables.values())


@pytest.mark.parametrize("make", PARTS)
@pytest.mark.parametrize("most", [0, 150, 300])
def test_a_part_of_an_honest_build_comes_out_the_same(
    make: Callable[[Tables], Part], most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = asked(make)
    monkeypatch.setattr(again, "CHARACTERS", most)
    monkeypatch.setattr(compared, "CLAIMS", most // 15)
    part = make(Tables(built()))
    assert list(differences(part)) == []
    assert sum(table.num_rows for table in part.tables.values()) < whole


def test_indicators_compared_alone_are_seen_and_the_others_are_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compared, "CLAIMS", 12)
    inside = set(compared.figures(Tables(built())).tables["observations"].column("indicator_id").to_pylist())
    every = set(built()["observations"].column("indicator_id").to_pylist())
    assert inside and every - inside
    for names, seen in ((inside, True), (every - inside, False)):
        tables = row("observations", of={"indicator_id": min(names)}, status="suspect")(built())
        assert bool(list(differences(compared.figures(Tables(tables))))) is seen


def test_names_are_chosen_by_their_hash_alone() -> None:
    weights = [(name, 1) for name in "abcdefgh"]
    assert chosen(weights, 3) == chosen(reversed(weights), 3) and len(chosen(weights, 3)) == 3
    assert chosen(weights, 3) <= chosen(weights, 5)
    assert chosen([*weights, ("large", 9)], 8) == set("abcdefgh"), "one that does not fit leaves room for the others"


def test_a_row_that_stands_there_twice_or_not_at_all_is_a_difference() -> None:
    edits = built()["edits"]
    for kept in (edits.slice(1), edits.take([0, *range(edits.num_rows)])):
        (found,) = differences(Part({"edits": edits}, {"edits": kept}))
        assert found == {"table": "edits"} | {k: edits.slice(0, 1).to_pylist()[0][k] for k in found if k != "table"}


@pytest.mark.parametrize(
    ("make", "stage", "tables"),
    [
        (again.cleaned, "clean", ("edits", "passages", "corrections")),
        (again.read, "extract", ("numerals", "claims")),
        (again.read, "clean", ("numerals", "claims")),
        (again.named, "normalise", ("organisation_mentions",)),
    ],
)
def test_a_document_that_was_set_aside_is_not_asked_again_and_leaves_no_row(
    make: Callable[[Tables], Part], stage: str, tables: tuple[str, ...]
) -> None:
    world = built()
    one = world["organisation_mentions"].column("source_id")[0].as_py()
    (file,) = (row["file"] for row in world["sources"].to_pylist() if row["source_id"] == one)
    without = {name: world[name].filter(pc.not_equal(world[name]["source_id"], one)) for name in tables}
    row = {"file": file, "stage": stage, "reason": "failed", "detail": "the process that read it was killed"}
    aside = {"quarantine": build("quarantine", [{**row, "advice": "Report the document."}])}

    def differing(changed: World) -> bool:
        return any(found["table"] in tables for found in differences(make(Tables(world | changed))))

    assert not differing({}) and not differing(without | aside)
    assert differing(without), "rows that are lost, and no word of it"
    assert differing(aside), "rows of a document that was set aside"
