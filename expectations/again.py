"""Asked once more: what a stage gives for the same documents, held against the rows that stand in its tables.

A table may hold any wrong row that looks right: another place, another year, a figure ten times too large in a column that no
other column depends on. Made again, from the tables the stage read, the row comes out as it was. That a document read alone
gives what it gave among the others is a promise of clean and extract; that figures of one indicator depend on no other
indicator is one of normalise. Both let a bounded part stand for the whole: everything up to the bounds below, and beyond
them names in the order of their sha256, so that the part is the same in every build and nobody chooses it.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from expectations.tables import Tables
from pipeline.clean import run as clean_documents
from pipeline.contract import BY_NAME, STAGES, build
from pipeline.contract.model import Stage
from pipeline.extract import run as read_documents
from pipeline.normalise.read import MEANT, organisations, read_batch

CHARACTERS = 200_000
"""Code points of raw text cleaned and read again in a build: some ten seconds, five times the bundled corpus."""

Rows = Mapping[str, pa.Table]


def chosen(weights: Iterable[tuple[str, int]], most: int) -> set[str]:
    """Names in the order of their sha256, each taken if it still fits under ``most``; all where all fit.

    >>> sorted(chosen([("a", 2), ("b", 2), ("c", 9)], 4)), sorted(chosen([("a", 1), ("b", 3)], 4))
    (['a', 'b'], ['a', 'b'])
    """
    taken, left = set(), most
    for name, weight in sorted(weights, key=lambda pair: hashlib.sha256(pair[0].encode()).digest()):
        if weight <= left:
            taken.add(name)
            left -= weight
    return taken


def chosen_documents(tables: Tables, most: int) -> set[str]:
    """Documents to read again, ``most`` code points of raw text together."""
    parts = tables.stream("sources", ["source_id", "characters"])
    return chosen((pair for part in parts for pair in zip(*(c.to_pylist() for c in part.columns), strict=True)), most)


def _only(tables: Tables, names: Iterable[str], documents: set[str]) -> Iterator[pa.Table]:
    """The rows of some documents, table by table."""
    return (tables.only(name, "source_id", documents) for name in names)


@dataclass(frozen=True, slots=True)
class Part:
    """What a stage gave again: ``tables`` as it makes them, and of ``kept`` the rows they must be."""

    tables: Rows
    kept: Rows


def differences(part: Part) -> Iterator[Mapping[str, Any]]:
    """Keys of rows that stand in a table and do not come out again so, or come out and stand there otherwise or not."""
    for name in sorted(part.tables):
        key = BY_NAME[name].key
        made, kept = _by_key(part.tables[name], key), _by_key(part.kept[name], key)
        for at in sorted(made.keys() | kept.keys(), key=str):
            if made.get(at) != kept.get(at):
                yield {"table": name, **dict(zip(key, at, strict=True))}


def _by_key(table: pa.Table, key: tuple[str, ...]) -> dict[tuple[Any, ...], list[dict[str, Any]]]:
    found: defaultdict[tuple[Any, ...], list[dict[str, Any]]] = defaultdict(list)
    for row in table.to_pylist():
        found[tuple(row[part] for part in key)].append(row)
    return dict(found)


def set_aside(tables: Tables, stage: Stage) -> set[str]:
    """Documents that a stage or one before it set aside; needs sources and quarantine.

    A document may end the process that reads it, so that is not tried once more; but no row of it may stand in the tables.
    """
    so_far = STAGES[: STAGES.index(stage) + 1]
    files = {row["file"] for row in tables.records("quarantine", ["file", "stage"]) if row["stage"] in so_far}
    if not files:
        return set()
    return {row["source_id"] for row in tables.records("sources", ["source_id", "file"]) if row["file"] in files}


def cleaned(tables: Tables) -> Part:
    """Documents cleaned again; needs sources, documents, edits, passages, corrections, quarantine."""
    names = chosen_documents(tables, CHARACTERS)
    sources, documents = _only(tables, ("sources", "documents"), names - set_aside(tables, "clean"))
    made = clean_documents(sources, documents)
    return _of_documents(tables, made, ("edits", "passages", "corrections"), names)


def read(tables: Tables) -> Part:
    """Documents read again, the last one first: what one leaves behind for the next would show.

    Needs sources, documents, edits, passages, numerals, claims, quarantine."""
    names = chosen_documents(tables, CHARACTERS)
    asked = names - set_aside(tables, "extract")
    sources, documents, edits, passages = _only(tables, ("sources", "documents", "edits", "passages"), asked)
    backwards = documents.take(pa.array(range(documents.num_rows - 1, -1, -1), pa.int64()))
    return _of_documents(tables, read_documents(sources, backwards, edits, passages), ("numerals", "claims"), names)


def _of_documents(tables: Tables, made: Rows, names: tuple[str, ...], documents: set[str]) -> Part:
    return Part({name: made[name] for name in names}, dict(zip(names, _only(tables, names, documents), strict=True)))


STRUCTURED = ("organisation_mentions", "parks", "programmes")
LINKED = {"park_industries": ("park_id", "parks"), "programme_claims": ("programme_id", "programmes")}
"""Tables of links to these, by the column that names the other table's row."""


def named(tables: Tables) -> Part:
    """What the structure of the documents tells, read off again: organisations named, parks, programmes.

    Needs sources, documents, edits, passages, claims, organisations, quarantine, and the tables above."""
    names = chosen_documents(tables, CHARACTERS)
    asked = names - set_aside(tables, "normalise")
    sources, documents, edits, passages, claims = _only(
        tables, ("sources", "documents", "edits", "passages", "claims"), asked
    )
    read = read_batch(sources, documents, edits, passages, claims)
    made = {name: read[name] for name in (*STRUCTURED, *LINKED)} | {"organisations": organisations([read[MEANT]])}
    kept = dict(zip(STRUCTURED, _only(tables, STRUCTURED, names), strict=True))
    for name, (column, owner) in LINKED.items():
        owners = {*kept[owner].column(column).to_pylist(), *made[owner].column(column).to_pylist()}
        kept[name] = tables.only(name, column, owners)
    kept["organisations"] = tables["organisations"]
    if len(asked) < tables.rows("documents"):
        made["organisations"], kept["organisations"] = _told_by_some(made, tables)
    return Part(made, kept)


def _told_by_some(made: Rows, tables: Tables) -> tuple[pa.Table, pa.Table]:
    """Organisations made again and as they stand, without what only the other documents may tell: those that they name, and
    stock codes."""
    told = set(made["organisations"].column("organisation_id").to_pylist())
    named = tables.sql("SELECT DISTINCT organisation_id FROM organisation_mentions").fetchall()
    elsewhere = {name for (name,) in named} - told
    known = {row["organisation_id"]: row["stock_code"] for row in made["organisations"].to_pylist()}
    kept = [
        row if known.get(row["organisation_id"]) else {**row, "stock_code": None}
        for row in tables["organisations"].to_pylist()
        if row["organisation_id"] not in elsewhere
    ]
    return made["organisations"], build("organisations", kept)
