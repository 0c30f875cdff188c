"""Where documents name organisations."""

from collections.abc import Iterable
from typing import Any

import ahocorasick_rs
import pyarrow as pa

from pipeline.normalise.passages import Document

# One character for one, so that offsets stay: names are written with either width of brackets.
WIDTH = str.maketrans({"（": "(", "）": ")"})


class Names:
    """Names and aliases of organisations as one automaton: of overlapping names the leftmost, then the longest, counts."""

    def __init__(self, organisations: pa.Table) -> None:
        owner: dict[str, str] = {}
        for row in sorted(organisations.to_pylist(), key=lambda row: str(row["organisation_id"])):
            for name in (row["name_zh"], *(row["aliases"] or "").split("|")):
                if name:
                    owner.setdefault(name.translate(WIDTH), row["organisation_id"])
        self._names = sorted(owner)
        self._owners = [owner[name] for name in self._names]
        self._automaton = ahocorasick_rs.AhoCorasick(self._names, matchkind=ahocorasick_rs.MATCHKIND_LEFTMOST_LONGEST)

    def find(self, text: str) -> Iterable[tuple[str, int, int, str]]:
        """Organisation, start, end and the name as matched, in order."""
        for index, start, end in self._automaton.find_matches_as_indexes(text.translate(WIDTH)):
            yield self._owners[index], start, end, text[start:end]


def mentions(document: Document, names: Names) -> list[dict[str, Any]]:
    """Rows of the table ``organisation_mentions`` for one document, each place once."""
    found: dict[tuple[int, str], dict[str, Any]] = {}
    for passage in document.passages:
        for organisation_id, start, end, mention in names.find(document.words(passage)):
            raw_start, raw_end = document.raw(passage, start, end)
            found.setdefault(
                (raw_start, organisation_id),
                {
                    "organisation_id": organisation_id,
                    "source_id": document.source_id,
                    "passage_id": passage["passage_id"],
                    "raw_start": raw_start,
                    "raw_end": raw_end,
                    "mention": mention,
                },
            )
    return list(found.values())
