"""Where documents name organisations, and the organisations they name.

A name is one of three kinds: a name or alias of ``organisations.csv``; a short form that is a common word too and counts only in
its context (``organisation_forms.csv``: 移动 in a list of carriers); a place with what every place has, a bureau, a zone, a
university (``bodies.py``). Of names that overlap the leftmost counts, then the longest.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

import ahocorasick_rs
import pyarrow as pa

from pipeline.contract.seed import seed_rows
from pipeline.normalise.anchors import Anchored
from pipeline.normalise.bodies import LEVELS, OWN, Bodies
from pipeline.normalise.model import Row
from pipeline.normalise.name_borders import cuts_a_word
from pipeline.normalise.passages import Document
from pipeline.normalise.stock_codes import stock_code

# Figures are told about facilities, so they are rows of the table; a text that names one names its owner at most.
FACILITY = "facility"

Stretch = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Found:
    """An organisation at a stretch of a text. ``row`` is its row of the table ``organisations``."""

    start: int
    end: int
    row: Row


@cache
def forms() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Organisations and their forms in context, in table order."""
    return tuple((row["organisation_id"], re.compile(row["regex"])) for row in seed_rows("organisation_forms"))


@cache
def _formed_by() -> Anchored:
    return Anchored([pattern.pattern for _, pattern in forms()])


class Names:
    """All that names an organisation: the names of the table, forms in context, bodies of places."""

    def __init__(self, organisations: pa.Table, regions: Iterable[Row] = ()) -> None:
        rows = sorted(organisations.to_pylist(), key=lambda row: str(row["organisation_id"]))
        self._rows = {row["organisation_id"]: row for row in rows}
        self._bodies = Bodies(regions)
        owner: dict[str, str] = {}
        for row in rows:
            for name in (row["name_zh"], *(row["aliases"] or "").split("|")):
                if name and row["type"] != FACILITY:
                    owner.setdefault(_narrow(name), row["organisation_id"])
        self._owner = owner
        self._names = sorted(owner)
        self._automaton = ahocorasick_rs.AhoCorasick(self._names)

    def find(self, text: str, scope: str | None = None) -> list[Found]:
        """Organisations named in a text, in order. ``scope``: the place the document speaks for, whose province and city
        省政府 and 市政府 mean."""
        text = _narrow(text)
        return _leftmost_longest([*self._listed(text, scope), *self._formed(text), *self._local(text, scope)])

    @cached_property
    def _needed(self) -> ahocorasick_rs.AhoCorasick:
        """All words of which a text must hold one to name any organisation."""
        return ahocorasick_rs.AhoCorasick(sorted({*self._names, *_formed_by().words, *self._bodies.words}))

    def hints(self, text: str) -> list[int]:
        """Where words stand without which nothing is named, sorted."""
        text = _narrow(text)
        return sorted({start for _, start, _ in self._needed.find_matches_as_indexes(text, overlapping=True)})

    def _listed(self, text: str, scope: str | None) -> Iterable[Found]:
        for index, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            row = self._rows[self._owner[self._names[index]]]
            if cuts_a_word(text, end) or (text[start] in LEVELS and not self._is_local(text, start, row, scope)):
                continue
            yield Found(start, end, row)

    def _is_local(self, text: str, start: int, row: Row, scope: str | None) -> bool:
        """A name that begins with 省 is another province's elsewhere, and 我省 is no part of a name."""
        return not text.endswith(OWN, 0, start) and self._bodies.within(scope, row["region_id"])

    def _formed(self, text: str) -> Iterable[Found]:
        for at in _formed_by().present(text):
            organisation_id, pattern = forms()[at]
            if organisation_id in self._rows:
                for match in pattern.finditer(text):
                    yield Found(*match.span(), self._rows[organisation_id])

    def _local(self, text: str, scope: str | None) -> Iterable[Found]:
        for body in self._bodies.find(text, scope):
            known = self._owner.get(body.name)
            yield Found(body.start, body.end, self._rows[known] if known else body.row())


def _narrow(text: str) -> str:
    """Names are written with either width of brackets; one character for one, so that offsets stay."""
    return text.replace("（", "(").replace("）", ")")


def _leftmost_longest(found: Iterable[Found]) -> list[Found]:
    chosen: list[Found] = []
    for one in sorted(found, key=lambda f: (f.start, -f.end)):
        if not chosen or one.start >= chosen[-1].end:
            chosen.append(one)
    return chosen


def mentions(
    document: Document, names: Names, scope: str | None = None, apart: Sequence[Stretch] = ()
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Rows of ``organisation_mentions`` for one document, and the rows of ``organisations`` they mean.

    ``apart``: raw stretches that name something else, such as the parks of a list, which are no organisations. A stock span
    in or right after a name gives the organisation its stock code.
    """
    rows, meant = [], []
    hints = names.hints(document.text.clean)
    for passage in document.passages:
        at = bisect_left(hints, passage["clean_start"])
        if at == len(hints) or hints[at] >= passage["clean_end"]:
            continue
        for found in names.find(document.words(passage), scope):
            start, end = document.raw(passage, found.start, found.end)
            if any(start < stop and begin < end for begin, stop in apart):
                continue
            row = dict(found.row)
            row["stock_code"] = row.get("stock_code") or stock_code(document.text.raw, start, end)
            meant.append(row)
            rows.append(
                {
                    "organisation_id": row["organisation_id"],
                    "source_id": document.source_id,
                    "passage_id": passage["passage_id"],
                    "raw_start": start,
                    "raw_end": end,
                    "mention": document.words(passage)[found.start : found.end],
                }
            )
    return rows, meant


def with_named(known: Iterable[Row], meant: Iterable[Row]) -> list[dict[str, Any]]:
    """Rows of ``organisations``: those known, completed by what documents tell, and those only documents name."""
    rows = {row["organisation_id"]: dict(row) for row in known}
    for row in meant:
        named = rows.setdefault(row["organisation_id"], dict(row))
        named["stock_code"] = named.get("stock_code") or row["stock_code"]
    return [rows[key] for key in sorted(rows)]
