"""Sketches: what is kept of a text to find those like it, some hundred bytes whatever its length (MinHash).

A sketch holds the least value that each of many hash functions gives for the text's runs of five Chinese characters, and for its
figures. Two texts have the same value at a place with the probability that is the overlap of their sets (Jaccard). They meet in a
band where three places of runs and one of figures are the same. Copies overlap by 0.7 and 0.5 or more, so that one pair in ten
thousand meets in none of 50 bands (``(1 - 0.7^3 * 0.5)^50`` = 8e-5). Any two texts, which overlap by 0.04, hardly ever meet, and bulletins of two
years in the same words do not, for their figures.
"""

import hashlib
import re
import zlib
from collections.abc import Iterable

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

RUN = 5
BANDS = 50
PLACES = 3
"""Places of runs in a band; there is one of figures beside them."""
WORDS = BANDS * PLACES
LEAST_ALIKE, LEAST_FIGURES = 0.5, 0.2
"""Shares of equal places that copies have but for one pair in a hundred thousand, words and figures."""

TAG = re.compile(r"<[^<>]*>")
FIGURE = re.compile(r"\d+(?:\.\d+)?")
MIX = np.uint64(0x9E3779B97F4A7C15)
# Odd numbers: each permutes the numbers of 32 bits. Drawn from a hash, so the same on every machine for ever.
FACTORS = np.frombuffer(hashlib.shake_128(b"runs").digest(4 * WORDS), dtype="<u4").astype(np.uint32) | np.uint32(1)
AT_ONCE = 1024
"""Values that are permuted at once: half a megabyte of numbers, which the processor keeps near."""
SKETCHED = pa.schema(
    [pa.field("source_id", pa.string(), nullable=False), pa.field("sketch", pa.binary(), nullable=False)]
)
"""Columns of a table that only the stage ingest reads: no gate looks at it, and it is not published."""

Runs = NDArray[np.uint64]
Numbers = NDArray[np.uint32]


def prose(text: str) -> str:
    """The text without tags: their digits are no figures."""
    return TAG.sub("", text)


def runs_of(words: str) -> Runs:
    """Hashes of all runs of five Chinese characters, in the order of the text."""
    points = np.frombuffer(words.encode("utf-32-le", "replace"), dtype=np.uint32)
    chinese = points[(points >= 0x3400) & (points <= 0x9FFF)].astype(np.uint64)
    hashes = np.zeros(max(0, len(chinese) - RUN + 1), dtype=np.uint64)
    for step in range(RUN):
        # A polynomial modulo 2^64: equal runs have equal hashes on every machine.
        hashes = hashes * MIX + chinese[step : step + len(hashes)]
    return hashes


def figures_of(words: str) -> frozenset[str]:
    """The figures of a text, as written."""
    return frozenset(FIGURE.findall(words))


def sketch(text: str) -> bytes:
    """The sketch of a text, little-endian numbers of 32 bits; no bytes for a text without a run.

    >>> len(sketch("全市新建公园三处")), sketch("3%")
    (800, b'')
    """
    words = prose(text)
    runs = runs_of(words)
    if not len(runs):
        return b""
    figures = np.array([zlib.crc32(figure.encode()) for figure in figures_of(words)], dtype=np.uint64)
    return np.concatenate([_least(runs, FACTORS), _least(figures, FACTORS[:BANDS])]).astype("<u4").tobytes()


def _least(hashes: Runs, factors: Numbers) -> Numbers:
    """The least value for each factor."""
    # The last character of a run stands in the low bits alone until they are multiplied up.
    mixed = (hashes * MIX >> np.uint64(32)).astype(np.uint32)
    least = np.full(len(factors), 0xFFFFFFFF, dtype=np.uint32)
    for start in range(0, len(mixed), AT_ONCE):
        values = mixed[start : start + AT_ONCE, None] * factors
        np.minimum(least, values.min(axis=0), out=least)
    return least


def sketches_of(documents: pa.Table) -> pa.Table:
    """The sketch of each row of ``documents``, of its text without front matter."""
    columns = (documents.column(name).to_pylist() for name in ("text", "body_start"))
    found = [sketch(text[start:]) for text, start in zip(*columns, strict=True)]
    return pa.table([documents.column("source_id"), pa.array(found, pa.binary())], schema=SKETCHED)


def by_document(tables: Iterable[pa.Table]) -> dict[str, bytes]:
    """source_id → its sketch, of tables that :func:`sketches_of` gave."""
    return {
        source_id: found
        for table in tables
        for source_id, found in zip(*(table.column(name).to_pylist() for name in SKETCHED.names), strict=True)
    }


def matrix(sketches: list[bytes]) -> Numbers:
    """Sketches as rows of numbers; none may be empty."""
    return np.frombuffer(b"".join(sketches), dtype="<u4").astype(np.uint32, copy=False).reshape(-1, WORDS + BANDS)


def meetings(sketches: Numbers) -> list[tuple[int, ...]]:
    """For each row the bands where it meets another, each as a number that only those have that meet there."""
    met: list[list[int]] = [[] for _ in sketches]
    given = 0
    for band in range(BANDS):
        keys = sketches[:, WORDS + band].astype(np.uint64)
        for place in range(band * PLACES, (band + 1) * PLACES):
            keys = keys * MIX + sketches[:, place]
        _, which, times = np.unique(keys, return_inverse=True, return_counts=True)
        for row in np.flatnonzero(times[which] > 1).tolist():
            met[row].append(given + int(which[row]))
        given += len(times)
    return [tuple(numbers) for numbers in met]


def alike(one: Numbers, others: Numbers) -> NDArray[np.bool_]:
    """Which of the rows ``others`` have so many of the values of the row ``one`` as copies have."""
    same = others == one
    found: NDArray[np.bool_] = (same[:, :WORDS].sum(axis=1) >= LEAST_ALIKE * WORDS) & (
        same[:, WORDS:].sum(axis=1) >= LEAST_FIGURES * BANDS
    )
    return found
