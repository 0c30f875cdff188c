"""The gold of the organisations in the plan and in its digest is what its README says: offsets, types and names fit."""

import csv
import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest

from pipeline.contract.codes import codes_of
from pipeline.contract.paths import ROOT

HERE = Path(__file__).parent
PLAN = ROOT.parent / "shared" / "seeds" / "004_2b1b1cd0c69806c9.txt"
DIGEST = ROOT / "seeds" / "documents" / "004_2b1b1cd0c69806c9.txt"
GOLDS = {"gold_004.csv": (PLAN, 64), "gold_digest_004.csv": (DIGEST, 62)}
COLUMNS = ["start", "end", "type", "name", "note"]
WORDS = {"移动", "联通", "电信", "启迪"}
"""Names that are common words too: elsewhere in the text they name nobody."""
FACILITIES = ("省政府数据中心",)
"""Names that hold an organisation's, and name none."""

golds = pytest.mark.parametrize("gold", GOLDS)


@dataclass(frozen=True)
class Mention:
    start: int
    end: int
    type: str
    name: str


def mentions(gold: str) -> list[Mention]:
    with (HERE / gold).open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        assert reader.fieldnames == COLUMNS
        return [Mention(int(row["start"]), int(row["end"]), row["type"], row["name"]) for row in reader]


def text(gold: str) -> str:
    path, _ = GOLDS[gold]
    if not path.is_file():
        pytest.skip("the original documents (../shared/seeds) are not at hand")
    return path.read_bytes().decode("utf-8-sig")


def abbreviates(short: str, full: str) -> bool:
    """Whether `short` is `full` with characters left out.

    >>> abbreviates("沈飞", "沈阳飞机工业（集团）有限公司"), abbreviates("飞沈", "沈阳飞机工业（集团）有限公司")
    (True, False)
    """
    rest = iter(full)
    return all(character in rest for character in short)


@golds
def test_all_mentions_are_there(gold: str) -> None:
    assert len(mentions(gold)) == GOLDS[gold][1]


@golds
def test_mentions_stand_in_order_and_do_not_overlap(gold: str) -> None:
    rows = mentions(gold)
    assert all(row.start < row.end for row in rows)
    assert all(before.end <= after.start for before, after in pairwise(rows))


@golds
def test_every_mention_lies_in_the_text(gold: str) -> None:
    assert max(row.end for row in mentions(gold)) <= len(text(gold))


@golds
def test_every_type_is_a_code(gold: str) -> None:
    assert {row.type for row in mentions(gold)} <= set(codes_of("organisation_type"))


@golds
def test_the_text_at_a_mention_is_the_name_or_a_short_form_of_it(gold: str) -> None:
    whole = text(gold)
    wrong = [row for row in mentions(gold) if not abbreviates(whole[row.start : row.end], row.name)]
    assert wrong == []


@golds
def test_a_name_that_is_a_mention_once_is_one_wherever_it_stands(gold: str) -> None:
    whole, rows = text(gold), mentions(gold)
    known = [(row.start, row.end) for row in rows]
    known += [found.span() for facility in FACILITIES for found in re.finditer(facility, whole)]
    written = {whole[row.start : row.end] for row in rows} - WORDS
    places = [(form, found.start()) for form in sorted(written) for found in re.finditer(re.escape(form), whole)]
    assert [
        (form, start)
        for form, start in places
        if not any(begin <= start and start + len(form) <= end for begin, end in known)
    ] == []


def test_an_organisation_has_one_type() -> None:
    types: defaultdict[str, set[str]] = defaultdict(set)
    for gold in GOLDS:
        for row in mentions(gold):
            types[row.name].add(row.type)
    assert {name: found for name, found in types.items() if len(found) > 1} == {}


def test_a_written_form_means_one_organisation() -> None:
    meanings: defaultdict[str, set[str]] = defaultdict(set)
    for gold in GOLDS:
        whole = text(gold)
        for row in mentions(gold):
            meanings[whole[row.start : row.end]].add(row.name)
    assert {form: names for form, names in meanings.items() if len(names) > 1} == {}


def test_the_digest_names_nobody_that_the_plan_does_not() -> None:
    digest, plan = ({row.name for row in mentions(gold)} for gold in ("gold_digest_004.csv", "gold_004.csv"))
    assert plan - digest == {"中国共产党中央委员会", "中华人民共和国国务院"}
    assert digest - plan == set()
