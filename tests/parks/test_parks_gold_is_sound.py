"""The gold of the 33 parks of box 14 fits the plan and its digest."""

import csv
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from pipeline.contract.paths import ROOT
from pipeline.contract.seed import seed_rows

HERE = Path(__file__).parent
GOLDS = {
    "gold_004.csv": ROOT.parent / "shared" / "seeds" / "004_2b1b1cd0c69806c9.txt",
    "gold_digest_004.csv": ROOT / "seeds" / "documents" / "004_2b1b1cd0c69806c9.txt",
}
COLUMNS = ["start", "end", "name", "city", "industries", "note"]
WITHOUT_INDUSTRIES = {"LN-SHENFU"}

golds = pytest.mark.parametrize("gold", GOLDS)


def parks(gold: str) -> list[dict[str, str]]:
    with (HERE / gold).open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        assert reader.fieldnames == COLUMNS
        return list(reader)


@golds
def test_there_are_33_parks_of_14_cities_and_the_shenfu_zone(gold: str) -> None:
    rows = parks(gold)
    assert len({(row["city"], row["name"]) for row in rows}) == len(rows) == 33
    assert len({row["city"] for row in rows}) == 15


@golds
def test_every_city_is_a_place_of_liaoning(gold: str) -> None:
    liaoning = {row["region_id"] for row in seed_rows("regions") if row["parent_id"] == "210000"}
    assert {row["city"] for row in parks(gold)} <= liaoning


@golds
def test_parks_stand_in_order_and_do_not_overlap(gold: str) -> None:
    spans = [(int(row["start"]), int(row["end"])) for row in parks(gold)]
    assert all(before[1] <= after[0] for before, after in pairwise(spans))


@golds
def test_the_text_is_the_name_unless_the_note_says_it_is_damaged(gold: str) -> None:
    if not GOLDS[gold].is_file():
        pytest.skip("the original documents (../shared/seeds) are not at hand")
    text = GOLDS[gold].read_bytes().decode("utf-8-sig")
    printed = {
        row["name"]: text[int(row["start"]) : int(row["end"])]
        for row in parks(gold)
        if "name damaged" not in row["note"]
    }
    assert printed == {name: name for name in printed}
    repaired = [
        (text[int(row["start"]) : int(row["end"])], row["name"]) for row in parks(gold) if "name damaged" in row["note"]
    ]
    assert repaired == [("高新技术声业开发区", "高新技术产业开发区")]


@golds
def test_only_the_shenfu_park_has_no_industry(gold: str) -> None:
    assert {row["city"] for row in parks(gold) if not row["industries"]} == WITHOUT_INDUSTRIES


def test_plan_and_digest_tell_the_same_parks() -> None:
    plan, digest = (
        Counter((row["city"], row["name"], row["industries"]) for row in parks(gold))
        for gold in ("gold_004.csv", "gold_digest_004.csv")
    )
    assert plan == digest
