"""One change of each cause is planted in a small build and read back with its cause."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.contract.codes import codes_of
from pipeline.publish.candidate import MANIFEST
from pipeline.publish.diff import Change, Difference, difference, open_side
from pipeline.publish.diff.model import CAUSES, KINDS
from pipeline.publish.parquet import file_hash, write_table
from tests.diff.workshop import Workshop

PLANTED: dict[str, tuple[str, str, float | None, float | None, str]] = {
    "new_document": ("added", "5G基站数 · 大连 · /2022 · actual", None, 7001.0, "city.txt, sha256 "),
    "revised_document": ("value", "5G基站数 · 辽宁 · /2022 · actual", 15678.0, 15978.0, "report.txt, sha256 "),
    "correction": ("added", "5G基站数 · 沈阳 · /2022 · actual", None, 8012.0, "station"),
    "table": ("value", "数字经济增加值占GDP比重 · 辽宁 · /2025 · target", 45.0, 45.0, "bounds.csv: 超过"),
    "code": ("value", "5G基站数 · 辽宁 · /2022 · actual", 15678.0, 156780.0, "pipeline/extract/run.py"),
}
"""By cause: kind of the change, what the observation is about, the figure before and after, how its evidence begins."""


def compared(shops: dict[str, Workshop], name: str, before: Path) -> Difference:
    return difference(open_side(str(before)), open_side(str(shops[name].root / "data")), shops[name].root)


def observed(found: Difference) -> list[Change]:
    return [change for change in found.changes if change.table == "observations"]


@pytest.mark.parametrize("cause", PLANTED)
def test_a_planted_change_is_read_back_with_its_cause(cause: str, shops: dict[str, Workshop], before: Path) -> None:
    kind, about, old, new, evidence = PLANTED[cause]
    found = compared(shops, cause, before)
    (change,) = observed(found)
    assert (change.kind, change.about, change.old_value, change.new_value) == (kind, about, old, new)
    assert change.cause.code == cause
    assert change.cause.evidence.startswith(evidence)
    assert {other.cause.code for other in found.changes} == {cause}, "whatever follows from it has the same cause"


def test_no_planted_change_moves_the_figures_beside_it(shops: dict[str, Workshop], before: Path) -> None:
    for cause in PLANTED:
        found = compared(shops, cause, before)
        assert found.schema == ()
        assert len([change for change in found.changes if change.table == "claims"]) == 1, cause


def test_the_same_release_has_no_difference(shops: dict[str, Workshop], before: Path) -> None:
    found = compared(shops, "as it was", before)
    assert found.empty and found.changes == ()


def test_a_document_that_is_gone_takes_its_figures_with_it(shops: dict[str, Workshop], before: Path) -> None:
    with_it = open_side(str(shops["new_document"].root / "data"))
    (change,) = observed(difference(with_it, open_side(str(before))))
    assert (change.kind, change.old_value, change.cause.code) == ("lost", 7001.0, "withdrawn_document")


def test_a_figure_that_another_one_supersedes_has_the_cause_of_that_one(
    shops: dict[str, Workshop], before: Path
) -> None:
    found = {change.new_value: change for change in observed(compared(shops, "superseding", before))}
    assert (found[15990.0].kind, found[15990.0].cause.code) == ("added", "new_document")
    assert found[15678.0].kind == "reading"
    assert found[15678.0].new == {"preferred": False, "status": "superseded"}
    assert found[15678.0].cause == found[15990.0].cause


def altered(before: Path, after: Path, table: str, change: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    """A copy of a release in which the rows of a table are others."""
    if not after.exists():
        shutil.copytree(before, after)
    rows = pq.read_table(after / f"{table}.parquet")
    write_table(
        pa.Table.from_pylist([change(row) for row in rows.to_pylist()], rows.schema), after / f"{table}.parquet"
    )
    manifest = json.loads((after / MANIFEST).read_text(encoding="utf-8"))
    for entry in manifest["tables"]:
        entry["sha256"] = file_hash(after / entry["file"])
    manifest["build"]["tables"]["files"]["regions.csv"] = "0" * 64
    (after / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")


def test_what_the_registry_says_of_a_document_is_a_cause_of_its_own(before: Path, tmp_path: Path) -> None:
    def elsewhere(row: dict[str, Any]) -> dict[str, Any]:
        return row | {"region_id": "210200"} if row["source_id"] == "report" else row

    for table in ("sources", "claims"):
        altered(before, tmp_path / "data", table, elsewhere)
    found = difference(open_side(str(before)), open_side(str(tmp_path / "data")))
    told = {change.cause.code for change in found.changes if change.table in ("sources", "claims")}
    assert told == {"registry"}
    assert {change.cause.evidence for change in found.changes} == {"report: region_id"}


def test_a_row_that_is_copied_from_a_word_table_is_told_with_that_table(before: Path, tmp_path: Path) -> None:
    def renamed(row: dict[str, Any]) -> dict[str, Any]:
        return row | {"name_en": "Dalian City"} if row["region_id"] == "210200" else row

    altered(before, tmp_path / "data", "regions", renamed)
    (change,) = difference(open_side(str(before)), open_side(str(tmp_path / "data"))).changes
    assert (change.table, change.kind, change.new) == ("regions", "reading", {"name_en": "Dalian City"})
    assert (change.cause.code, change.cause.evidence) == ("table", "regions.csv: 210200")


def test_where_tables_and_code_changed_the_words_tell_which_it_was(shops: dict[str, Workshop], before: Path) -> None:
    found = compared(shops, "table and code", before)
    told = {change.new_value: change.cause for change in observed(found)}
    assert told[45.0].code == "table"
    assert told[45.0].evidence == "bounds.csv: 超过; code changed as well: pipeline/extract/run.py"
    assert told[156780.0].code == "code"
    assert told[156780.0].evidence == "pipeline/extract/run.py; no changed row of a table speaks of it"


def test_where_the_words_of_a_table_are_not_at_hand_nothing_is_decided(
    shops: dict[str, Workshop], before: Path, tmp_path: Path
) -> None:
    after = open_side(str(shops["table and code"].root / "data"))
    found = difference(open_side(str(before)), after, tmp_path)
    assert {change.cause.code for change in observed(found)} == {"undecided"}
    assert all("rows are not at hand (bounds.csv)" in change.cause.evidence for change in observed(found))


def test_a_claim_of_a_revised_document_is_found_by_its_words(shops: dict[str, Workshop], before: Path) -> None:
    """A sentence before them moved all offsets of the document; the claim beside the revised one is no change."""
    (change,) = [c for c in compared(shops, "revised_document", before).changes if c.table == "claims"]
    assert change.old_key != change.new_key
    assert (change.old_value, change.new_value) == (15678.0, 15978.0)
    assert change.relative == pytest.approx(300 / 15978)


def test_kinds_and_causes_are_the_codes_of_the_contract() -> None:
    assert set(CAUSES) == codes_of("change_cause")
    assert set(KINDS) == codes_of("change_kind")
