"""Copies among the documents: which one repeats an earlier one.

News travels with another source line and a few words changed. Two documents are copies when the sets of their runs of five
Chinese characters overlap by 0.7 or more (Jaccard), and their figures by half: last year's bulletin in this year's words
is no copy. Pairs are found by prefix filtering (the rarest three tenths of each set must meet), so the cost grows with
the copies there are, not with the square of the documents.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

LEAST_OVERLAP = 0.7
LEAST_COMMON_FIGURES = 0.5
RUN = 5

TAG = re.compile(r"<[^<>]*>")
FIGURE = re.compile(r"\d+(?:\.\d+)?")

Hashes = NDArray[np.uint64]


@dataclass(frozen=True)
class Candidate:
    """A document as far as copies are concerned: ``text`` is its body."""

    source_id: str
    sha256: str
    published_from: date | None
    text: str

    @cached_property
    def prose(self) -> str:
        """The text without tags: their digits are no figures."""
        return TAG.sub("", self.text)

    @cached_property
    def runs(self) -> Hashes:
        """Sorted distinct hashes of all runs of five Chinese characters."""
        points = np.frombuffer(self.prose.encode("utf-32-le", "replace"), dtype=np.uint32)
        chinese = points[(points >= 0x3400) & (points <= 0x9FFF)].astype(np.uint64)
        hashes = np.zeros(max(0, len(chinese) - RUN + 1), dtype=np.uint64)
        for step in range(RUN):
            # A polynomial modulo 2^64: equal runs have equal hashes on every machine.
            hashes = hashes * np.uint64(0x9E3779B97F4A7C15) + chinese[step : step + len(hashes)]
        return np.unique(hashes)

    @cached_property
    def figures(self) -> frozenset[str]:
        return frozenset(FIGURE.findall(self.prose))


def duplicates(documents: Iterable[Candidate]) -> dict[str, str]:
    """source_id → source_id of the original, for each copy.

    The original is the first by date of publication (undated last), then by source_id. Copies are compared with originals
    only, so that ten thousand reprints of one story cost ten thousand comparisons.
    """
    ordered = sorted(documents, key=_age)
    if len(ordered) < 2:
        return {}
    known, frequency = np.unique(np.concatenate([document.runs for document in ordered]), return_counts=True)
    found: dict[str, str] = {}
    same_bytes: dict[str, Candidate] = {}
    by_run: dict[int, list[Candidate]] = {}
    for document in ordered:
        shared = _rarest(document, frequency[np.searchsorted(known, document.runs)])
        near = (other for run in shared for other in by_run.get(run, ()))
        original = same_bytes.get(document.sha256) or _first_copied(document, near)
        if original is not None:
            found[document.source_id] = original.source_id
            continue
        same_bytes[document.sha256] = document
        for run in shared:
            by_run.setdefault(run, []).append(document)
    return found


def led_to_originals(found: Mapping[str, str], declared: Mapping[str, str]) -> dict[str, str]:
    """Copies found by their text and copies a registry declares, which go before, each led to a document that is no copy.

    Documents declared copies of each other in a ring have no original; they are left as they are.

    >>> led_to_originals({"c": "b"}, {"b": "a", "x": "y", "y": "x"})
    {'c': 'a', 'b': 'a'}
    """
    links = {**found, **declared}
    led = {}
    for source_id in links:
        passed, at = {source_id}, links[source_id]
        while at in links and at not in passed:
            passed.add(at)
            at = links[at]
        if at not in passed:
            led[source_id] = at
    return led


def _age(document: Candidate) -> tuple[date, str]:
    return document.published_from or date.max, document.source_id


def _rarest(document: Candidate, frequency: NDArray[np.int64]) -> list[int]:
    """The runs of which one must be shared by any set that overlaps enough, rarest first in one order for all, without
    those that no other document has. ``frequency`` counts the documents that have each."""
    runs = document.runs
    needed = len(runs) - int(np.ceil(LEAST_OVERLAP * len(runs))) + 1 if len(runs) else 0
    rarest = np.lexsort((runs, frequency))[:needed]
    found: list[int] = runs[rarest][frequency[rarest] > 1].tolist()
    return found


def _first_copied(document: Candidate, others: Iterable[Candidate]) -> Candidate | None:
    seen = {other.source_id: other for other in others}
    return next((other for other in sorted(seen.values(), key=_age) if is_copy(document, other)), None)


def is_copy(one: Candidate, other: Candidate) -> bool:
    """Whether two documents say the same in the same words and figures."""
    small, large = sorted((len(one.runs), len(other.runs)))
    if not small or small < LEAST_OVERLAP * large:
        return False
    common = len(np.intersect1d(one.runs, other.runs, assume_unique=True))
    if common < LEAST_OVERLAP * (small + large - common):
        return False
    figures = one.figures | other.figures
    return not figures or len(one.figures & other.figures) >= LEAST_COMMON_FIGURES * len(figures)
