"""The parks of box 14, read off the plan and its digest, are those of the gold: place, name, city and industries."""

import pytest

from pipeline import clean, ingest
from pipeline.normalise.master import master_table
from pipeline.normalise.parks import parks
from pipeline.normalise.passages import read_documents
from pipeline.normalise.places import Places
from tests.organisations.test_mentions import FOLDERS, PLAN
from tests.parks.test_parks_gold_is_sound import parks as told

Park = tuple[int, int, str, str, frozenset[str]]


def found(gold: str) -> set[Park]:
    if not FOLDERS[gold].is_dir():
        pytest.skip("the original documents (../shared/seeds) are not at hand")
    read = ingest.run(FOLDERS[gold])
    cleaned = clean.run(read["sources"], read["documents"])
    documents = read_documents(read["documents"], cleaned["edits"], cleaned["passages"])
    (plan,) = (document for document in documents if document.source_id == PLAN)
    rows, industries = parks(plan, Places(master_table("regions").to_pylist()), "210000")
    developed = {
        row["park_id"]: frozenset(i["industry"] for i in industries if i["park_id"] == row["park_id"]) for row in rows
    }
    return {
        (row["raw_start"], row["raw_end"], row["name"], row["region_id"], developed[row["park_id"]]) for row in rows
    }


@pytest.mark.parametrize("gold", FOLDERS)
def test_the_33_parks_are_found_with_city_and_industries(gold: str) -> None:
    expected = {
        (
            int(row["start"]),
            int(row["end"]),
            row["name"],
            row["city"],
            frozenset(filter(None, row["industries"].split(";"))),
        )
        for row in told(gold)
    }
    assert len(expected) == 33
    assert found(gold) == expected
