"""Claims reach the indicator that a person would name, and no other.

Measured on ``gold.csv``. The rules, the word tables and the threshold of the score were made on one half of the documents
(every second name, from the first); what the linker made of the other half before anybody had looked at its mistakes, then
what it makes of all, with those mistakes mended where a rule or a wording that holds in general mends them:

=====================================  =========  ======
claims as the grammar reads them       precision  recall
the other half, before it was seen     0.968      0.915
the half the rules were made on        0.995      0.976
the other half now                     0.995      0.975
all                                    0.995      0.976
indicators as annotated: other half,
before it was seen                     0.989      0.966
all                                    0.998      1.000
=====================================  =========  ======

Precision is over the claims that get linked, recall over those that should be: a figure that the grammar does not read, or
whose words it cuts short, counts as missed.
"""

import csv
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from pipeline import clean, extract, ingest
from pipeline.normalise.catalogue import Catalogue, catalogue
from pipeline.normalise.master import master_tables
from pipeline.normalise.matching import match
from pipeline.normalise.reading import sentence_before
from tests.linking.test_gold_is_sound import ALSO, ANNOTATION, ORIGINALS, OWN, Row, rows, span

PRECISION, RECALL = 0.97, 0.90
TRAPS = Path(__file__).parent / "traps.csv"

Claim = dict[str, Any]


@dataclass
class Tally:
    """Claims linked rightly, linked wrongly and missed; what went wrong, a line each."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    lines: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        return self.right / max(1, self.right + self.missed)

    def count(self, gold: Row, claim: Claim | None) -> None:
        """Any of the indicators of the gold is right; a figure of several is right where each of its links is."""
        wanted = {gold["indicator_id"]} - {""}
        wanted |= {name for found in ALSO.finditer(gold["note"]) for name in found[1].split()}
        linked = set(links(claim)) if claim else set()
        self.right += bool(linked) and linked <= wanted
        self.wrong += not linked <= wanted
        self.missed += bool(wanted) and not (linked and linked <= wanted)
        if linked != wanted and not (linked and linked <= wanted):
            words = claim["indicator_text"] if claim else "(no claim)"
            place = f"{gold['document']}:{gold['start']}-{gold['end']}"
            self.lines.append(f"{place} {words}: {sorted(linked)}, should be {sorted(wanted)}")

    def __str__(self) -> str:
        return "\n".join([f"precision {self.precision:.3f}, recall {self.recall:.3f}", *self.lines])


@cache
def known() -> Catalogue:
    master = master_tables()
    return catalogue(master["indicators"], master["indicator_synonyms"])


def links(claim: Claim) -> list[str]:
    words = claim["indicator_text"] or ""
    found = match(words, claim["measure"], claim["unit"], known(), sentence_before(claim)) if words else ()
    return [one.indicator_id for one in found]


def as_read(path: Path) -> list[Claim]:
    """The claims of a document as the grammar reads them."""
    read = ingest.run_files([path])
    cleaned = clean.run(read["sources"], read["documents"])
    found = extract.run(read["sources"], read["documents"], cleaned["edits"], cleaned["passages"])
    rows: list[Claim] = found["claims"].to_pylist()
    return rows


@cache
def annotations() -> dict[tuple[str, int, int], Claim]:
    """The annotated claims by document and place, under the names of the columns of ``claims``."""
    found = {}
    for folder in (OWN / "gold", ANNOTATION):
        for path in sorted(folder.glob("*.jsonl")):
            for line in path.read_text("utf-8").splitlines():
                one = json.loads(line)
                if "start" in one:
                    told = {"indicator_text": one["indicator"], "measure": one["measure"], "unit": one["unit"]}
                    found[one["doc"], one["start"], one["end"]] = told | {"context": None, "quote": None}
    return found


def at(claims: list[Claim], start: int, end: int) -> Claim | None:
    """The claim at exactly this place, else the first that shares a character with it."""
    exact = [claim for claim in claims if (claim["raw_start"], claim["raw_end"]) == (start, end)]
    near = [claim for claim in claims if claim["raw_start"] < end and start < claim["raw_end"]]
    return next(iter(exact + near), None)


def documents(folders: tuple[Path, ...]) -> Iterator[tuple[Path, list[Row]]]:
    """Every document of the gold that lies in one of the folders, with its rows."""
    gold = rows()
    for name in sorted({row["document"] for row in gold}):
        path = next((folder / name for folder in folders if (folder / name).exists()), None)
        if path is not None:
            yield path, [row for row in gold if row["document"] == name]


def read_by_grammar(folders: tuple[Path, ...]) -> Tally:
    tally = Tally()
    for path, gold in documents(folders):
        claims = as_read(path)
        for row in gold:
            tally.count(row, at(claims, int(row["start"]), int(row["end"])))
    return tally


def annotated(folders: tuple[Path, ...]) -> Tally:
    tally = Tally()
    for _, gold in documents(folders):
        for row in gold:
            if claim := annotations().get(span(row)):
                tally.count(row, claim)
    return tally


measured = pytest.mark.parametrize("measure", [read_by_grammar, annotated], ids=["as read", "as annotated"])


@measured
def test_claims_of_our_own_documents_are_linked(measure: Callable[[tuple[Path, ...]], Tally]) -> None:
    tally = measure((OWN,))
    print(tally)
    assert tally.right >= 150
    assert tally.precision >= PRECISION and tally.recall >= RECALL, str(tally)


@measured
def test_claims_of_the_whole_gold_are_linked(measure: Callable[[tuple[Path, ...]], Tally]) -> None:
    if not all(folder.exists() for folder in (*ORIGINALS, ANNOTATION)):
        pytest.skip("the originals and their annotation (../shared) are not at hand")
    tally = measure((OWN, *ORIGINALS))
    print(tally)
    assert tally.right >= 500
    assert tally.precision >= PRECISION and tally.recall >= RECALL, str(tally)


with TRAPS.open(encoding="utf-8", newline="") as file:
    CASES = list(csv.DictReader(file))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['wording']}-{case['unit']}: {case['why']}")
def test_a_narrower_or_neighbouring_thing_is_told_apart(case: Row) -> None:
    claim = {"indicator_text": case["wording"], "measure": case["measure"], "unit": case["unit"]}
    figure = {"context": case["before"] + "1", "quote": "1"}
    assert links(claim | figure) == ([case["indicator_id"]] if case["indicator_id"] else [])
