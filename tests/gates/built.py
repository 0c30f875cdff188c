"""A small world that the stages made themselves, for the rules that ask a stage once more.

Its documents, invented, are those that the mutants add to the bundled ones (``tests/mutants/corpus``).
"""

from functools import cache

from expectations.gates import run_gate
from expectations.rule import as_rows
from pipeline import clean, extract, ingest, normalise, publish
from pipeline.contract import ALL, build
from pipeline.contract.paths import ROOT
from tests.gates.builders import World

CORPUS = ROOT / "tests" / "mutants" / "corpus"


@cache
def _built() -> World:
    tables = ingest.run(CORPUS)
    quarantine = [tables.pop("quarantine")]
    tables |= clean.run(tables["sources"], tables["documents"])
    tables |= extract.run(*(tables[name] for name in ("sources", "documents", "edits", "passages")))
    tables |= normalise.run(*(tables[name] for name in ("sources", "documents", "edits", "passages", "claims")))
    tables |= publish.run(quarantine)
    seen = [row for table in ALL if table.name in tables for row in as_rows(run_gate(table.name, tables.__getitem__))]
    tables["quality"] = build("quality", seen)
    return {table.name: tables[table.name] for table in ALL}


def built() -> World:
    """A fresh dict of the tables."""
    return dict(_built())
