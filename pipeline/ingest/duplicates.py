"""Copies among the documents: which one repeats an earlier one.

News travels with another source line and a few words changed. Two documents are copies when the sets of their runs of five
Chinese characters overlap by 0.7 or more (Jaccard), and their figures by half: last year's bulletin in this year's words
is no copy. Who could be a copy of whom is seen in the sketches of the texts, a few hundred bytes a document; the texts themselves
are asked for only where sketches are alike. So the cost grows with the documents and the copies there are, not with their square.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np

from pipeline.ingest.sketches import Runs, alike, figures_of, matrix, meetings, prose, runs_of

LEAST_OVERLAP = 0.7
LEAST_COMMON_FIGURES = 0.5
HELD = 2048
"""Bodies held at once, the last ones asked for: some thirty megabytes."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A document as far as finding copies is concerned; ``sketch``: see :func:`~pipeline.ingest.sketches.sketch`."""

    source_id: str
    sha256: str
    published_from: date | None
    sketch: bytes


@dataclass(frozen=True, slots=True)
class Body:
    """A document as far as proving copies is concerned: its distinct runs of five Chinese characters, sorted, and its figures."""

    runs: Runs
    figures: frozenset[str]

    @classmethod
    def of(cls, text: str) -> "Body":
        """Of the text without its front matter."""
        words = prose(text)
        return cls(np.unique(runs_of(words)), figures_of(words))


def duplicates(documents: Iterable[Candidate], text_of: Callable[[str], str]) -> dict[str, str]:
    """source_id → source_id of the original, for each copy. ``text_of``: sha256 → the text of a document without its front matter.

    The original is the first by date of publication (undated last), then by source_id. Copies are compared with originals
    only, so that ten thousand reprints of one story cost ten thousand comparisons.
    """
    ordered = sorted(documents, key=_age)
    first = {document.sha256: document for document in reversed(ordered)}
    found = {d.source_id: first[d.sha256].source_id for d in ordered if first[d.sha256] is not d}
    sketched = [document for document in ordered if document.sketch and first[document.sha256] is document]
    if not sketched:
        return found
    sketches = matrix([document.sketch for document in sketched])

    @lru_cache(HELD)
    def body(row: int) -> Body:
        return Body.of(text_of(sketched[row].sha256))

    originals: dict[int, list[int]] = {}
    for row, bands in enumerate(meetings(sketches)):
        near = np.array(sorted({other for band in bands for other in originals.get(band, ())}), dtype=np.int64)
        like = near[alike(sketches[row], sketches[near])].tolist() if len(near) else []
        original = next((other for other in like if is_copy(body(row), body(other))), None)
        if original is not None:
            found[sketched[row].source_id] = sketched[original].source_id
            continue
        for band in bands:
            originals.setdefault(band, []).append(row)
    return led_to_originals(found, {})


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


def is_copy(one: Body, other: Body) -> bool:
    """Whether two documents say the same in the same words and figures."""
    small, large = sorted((len(one.runs), len(other.runs)))
    if not small or small < LEAST_OVERLAP * large:
        return False
    common = len(np.intersect1d(one.runs, other.runs, assume_unique=True))
    if common < LEAST_OVERLAP * (small + large - common):
        return False
    figures = one.figures | other.figures
    return not figures or len(one.figures & other.figures) >= LEAST_COMMON_FIGURES * len(figures)
