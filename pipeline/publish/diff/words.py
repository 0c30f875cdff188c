"""Which rows of the word tables changed between two releases, and whether one of them speaks of a figure.

A manifest holds the hash of every table. Its text is looked for in the working tree and in the history of git, and is taken
only where it has that very hash; so the rows are those the release was made from, or unknown.
"""

import csv
import hashlib
import io
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pipeline.contract.paths import ROOT
from pipeline.publish.diff import git

CHINESE = re.compile(r"[\u3400-\u9fff]")
FOLDER = "seeds/tables"
NAMED = 3
"""Rows that are named as evidence, at most."""

Rows = Counter[tuple[str, ...]]


@dataclass(frozen=True)
class ChangedTables:
    """The word tables that differ between two releases: sha256 before and after by file, None where there is none."""

    files: Mapping[str, tuple[str | None, str | None]]
    root: Path = ROOT

    @cached_property
    def rows(self) -> dict[str, tuple[tuple[str, ...], ...] | None]:
        """Rows that are in one of the two contents only, by file; None where a content is not at hand."""
        return {file: self._differing(file, *hashes) for file, hashes in self.files.items()}

    @property
    def unknown(self) -> list[str]:
        """Files whose changed rows cannot be told."""
        return [file for file, rows in self.rows.items() if rows is None]

    def speaking_of(self, text: str, names: Iterable[str]) -> list[str]:
        """Changed rows that speak of a figure, the longest word first, as ``file: word``; at most :data:`NAMED`.

        A row does so where a Chinese word of it stands in ``text``, or its first cell is one of ``names`` (identifiers).
        """
        known = set(names)
        found: set[tuple[int, str]] = set()
        for file, rows in self.rows.items():
            for row in rows or ():
                words = [word for cell in row for word in cell.split("|") if CHINESE.search(word) and word in text]
                if row and row[0] in known:
                    words.append(row[0])
                if words:
                    best = max(words, key=lambda word: (len(word), word))
                    found.add((-len(best), f"{file}: {best}"))
        return [named for _, named in sorted(found)][:NAMED]

    def _differing(self, file: str, before: str | None, after: str | None) -> tuple[tuple[str, ...], ...] | None:
        old, new = self._text(file, before), self._text(file, after)
        if old is None or new is None:
            return None
        one, other = _table(old), _table(new)
        shared = [
            column for column in (one or other)[0] if not one or not other or (column in one[0] and column in other[0])
        ]
        first, second = _rows(one, shared), _rows(other, shared)
        return tuple(sorted([*(first - second), *(second - first)]))

    def _text(self, file: str, sha256: str | None) -> bytes | None:
        """The content with that hash; empty where there was no such file, None where it is not at hand."""
        if sha256 is None:
            return b""
        name = f"{FOLDER}/{file}"
        here = self.root / name
        if here.is_file() and hashlib.sha256(here.read_bytes()).hexdigest() == sha256:
            return here.read_bytes()
        kept = git.versions(name, self.root)
        return next((content for content in kept if hashlib.sha256(content).hexdigest() == sha256), None)


def _table(content: bytes) -> list[list[str]]:
    return [row for row in csv.reader(io.StringIO(content.decode("utf-8", errors="replace"), newline="")) if row]


def _rows(table: list[list[str]], columns: list[str]) -> Rows:
    if not table:
        return Counter()
    places = [table[0].index(column) for column in columns]
    return Counter(tuple(row[place] if place < len(row) else "" for place in places) for row in table[1:])
