"""Measured by the gold: the organisations that the plan and its digest name are found where they stand.

A mention is found if a mention of the same type equals its stretch, or the two overlap by at least half of the longer one.
"""

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from pipeline import clean, extract, ingest, normalise
from pipeline.contract.paths import ROOT, SEEDS
from tests.organisations.test_gold_is_sound import Mention, mentions

FOLDERS = {"gold_004.csv": ROOT.parent / "shared" / "seeds", "gold_digest_004.csv": SEEDS}
PLAN = "004_2b1b1cd0c69806c9"
FLOOR = 0.95

golds = pytest.mark.parametrize("gold", FOLDERS)


@cache
def tables(folder: Path) -> dict[str, Any]:
    """Rows of the two tables of organisations for a folder of documents."""
    if not folder.is_dir():
        pytest.skip("the original documents (../shared/seeds) are not at hand")
    read = ingest.run(folder)
    cleaned = clean.run(read["sources"], read["documents"])
    texts = (read["sources"], read["documents"], cleaned["edits"], cleaned["passages"])
    made = normalise.run(*texts, extract.run(*texts)["claims"])
    return {name: made[name].to_pylist() for name in ("organisations", "organisation_mentions")}


def found(gold: str) -> list[Mention]:
    """What the pipeline finds in the document of a gold."""
    made = tables(FOLDERS[gold])
    known = {row["organisation_id"]: row for row in made["organisations"]}
    rows = [row for row in made["organisation_mentions"] if row["source_id"] == PLAN]
    named = [(row, known[row["organisation_id"]]) for row in rows]
    return [Mention(row["raw_start"], row["raw_end"], owner["type"], owner["name_zh"]) for row, owner in named]


def same(one: Mention, other: Mention) -> bool:
    """Whether two mentions are one: alike in type, and sharing half of the longer stretch."""
    shared = min(one.end, other.end) - max(one.start, other.start)
    return one.type == other.type and 2 * shared >= max(one.end - one.start, other.end - other.start)


@golds
def test_nineteen_of_twenty_mentions_are_found(gold: str) -> None:
    told, read = mentions(gold), found(gold)
    missed = [one for one in told if not any(same(one, other) for other in read)]
    assert 1 - len(missed) / len(told) >= FLOOR, missed


@golds
def test_nineteen_of_twenty_found_are_mentions(gold: str) -> None:
    told, read = mentions(gold), found(gold)
    wrong = [one for one in read if not any(same(one, other) for other in told)]
    assert 1 - len(wrong) / len(read) >= FLOOR, wrong


@golds
def test_an_organisation_of_the_gold_is_one_of_the_table(gold: str) -> None:
    """Whoever the gold says is one is one row, whatever it is called there, and two are two."""
    pairs = {(one.name, other.name) for one in mentions(gold) for other in found(gold) if same(one, other)}
    assert len({name for name, _ in pairs}) == len({name for _, name in pairs}) == len(pairs)


def test_a_stock_span_of_the_text_gives_the_code_of_the_table() -> None:
    """The digest of a page keeps the anchor that the page prints with the name of a listed company."""
    codes = {row["organisation_id"]: row["stock_code"] for row in tables(SEEDS)["organisations"]}
    assert codes["org-neusoft"] == "600718.SH"
