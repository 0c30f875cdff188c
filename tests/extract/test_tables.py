"""A bare number in a table is a claim by its head, label and caption, and reads again from the whole table."""

from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from pipeline import clean, extract, ingest
from pipeline.extract.proof import ledger_gaps, unproven_claims

FIELDS = {
    "indicator": "indicator_text",
    "measure": "measure",
    "basis": "basis",
    "statement": "statement",
    "value": "value",
    "bound": "bound",
    "unit": "unit",
    "classifier": "classifier",
    "period": "period",
    "region": "region_id",
    "subject": "subject_text",
}
SUFFIX = {"text/html": "html", "text/markdown": "md", "text/plain": "txt"}


def read_table(case: dict[str, Any], folder: Path) -> dict[str, pa.Table]:
    """The tables of the three first stages for a document that holds the case's table."""
    name = f"table.{SUFFIX[case.get('media', 'text/plain')]}"
    (folder / name).write_text(case["raw"], encoding="utf-8")
    (folder / "sources.csv").write_text(
        "file,title,publisher,document_type,published,region\n"
        f"{name},{case.get('title', '')},,{case['type']},{case['published']},{case['region']}\n",
        encoding="utf-8",
    )
    read = ingest.run(folder)
    cleaned = clean.run(read["sources"], read["documents"])
    return read | cleaned | extract.run(read["sources"], read["documents"], cleaned["edits"], cleaned["passages"])


def claims_of(made: dict[str, pa.Table]) -> list[dict[str, Any]]:
    return sorted(made["claims"].to_pylist(), key=lambda claim: claim["raw_start"])


@pytest.mark.cases("tables.jsonl")
def test_a_figure_is_read_by_its_head_and_label(case: dict[str, Any], tmp_path: Path) -> None:
    found = claims_of(read_table(case, tmp_path))
    told = [
        (claim["numeral"] if claim["quote"] is None else claim["quote"], {name: claim[FIELDS[name]] for name in wanted})
        for claim, (_, wanted) in zip(found, case["claims"], strict=False)
    ]
    assert told == [(quote, wanted) for quote, wanted in case["claims"]]
    assert len(found) == len(case["claims"])


@pytest.mark.cases("tables.jsonl")
def test_a_table_proves_its_claims_and_accounts_for_its_numerals(case: dict[str, Any], tmp_path: Path) -> None:
    made = read_table(case, tmp_path)
    assert list(unproven_claims(made["documents"], made["edits"], made["sources"], made["claims"])) == []
    assert list(ledger_gaps(made["documents"], made["numerals"], made["claims"])) == []


@pytest.mark.parametrize(
    ("column", "wrong"),
    [("value", 7.0), ("unit", "km"), ("bound", "ge"), ("raw_start", 0)],
    ids=lambda value: str(value),
)
def test_a_cell_that_its_table_does_not_say_is_unproven(column: str, wrong: object, tmp_path: Path) -> None:
    case = {
        "type": "other",
        "published": "2022-03-01",
        "region": "210300",
        "media": "text/html",
        "raw": "<table><tr><td>镇</td><td>水库（座）</td></tr><tr><td>东岭镇</td><td>12</td></tr></table>",
    }
    made = read_table(case, tmp_path)
    (claim,) = claims_of(made)
    changed = pa.Table.from_pylist([claim | {column: wrong}], schema=made["claims"].schema)
    unproven = list(unproven_claims(made["documents"], made["edits"], made["sources"], changed))
    assert unproven == [{"claim_id": claim["claim_id"]}]


def test_a_table_without_units_gives_no_claims_and_its_numerals_a_reason(tmp_path: Path) -> None:
    case = {
        "type": "other",
        "published": "2022-03-01",
        "region": "210300",
        "media": "text/html",
        "raw": "<table><tr><td>序号</td><td>内容</td><td>色号</td></tr><tr><td>1</td><td>窗框</td><td>42</td></tr></table>",
    }
    made = read_table(case, tmp_path)
    assert claims_of(made) == []
    assert all(row["reason"] for row in made["numerals"].to_pylist())
