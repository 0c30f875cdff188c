"""The ledger's scanner: every numeral run of a raw text. It knows no units and no words, so it cannot be talked out of one."""

import re
import sys
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

_NUMERAL = re.compile(r"[\d〇零一二三四五六七八九十百千万亿两半兆廿卅萬億兩壹贰貳叁參肆伍陆陸柒捌玖拾佰仟]")

Offsets = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Runs:
    """The numeral runs of a text in order: where each starts and ends, and the code points of all, one run behind another."""

    starts: Offsets
    ends: Offsets
    points: NDArray[np.uint32]


@cache
def numeral_characters() -> NDArray[np.bool_]:
    """Of each code point, whether it is a decimal digit (any width) or a Chinese numeral character."""
    every = np.arange(sys.maxunicode + 1, dtype="<u4").tobytes().decode("utf-32-le", "surrogatepass")
    known = np.zeros(len(every), np.bool_)
    known[[found.start() for found in _NUMERAL.finditer(every)]] = True
    return known


def scanned(raw: str) -> Runs:
    """Each maximal run of numeral characters. As arrays, since most of a page is markup, with thousands of runs.

    A point or comma is no part of a run: ``1,234.5`` holds three runs, which one claim may take together.
    """
    points = np.frombuffer(raw.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    numeral = numeral_characters().take(points)
    borders = np.flatnonzero(np.diff(numeral, prepend=False, append=False))
    return Runs(borders[0::2], borders[1::2], points[numeral])


def numeral_runs(raw: str) -> list[tuple[int, int]]:
    """Start and end of each run, in order."""
    runs = scanned(raw)
    return list(zip(runs.starts.tolist(), runs.ends.tolist(), strict=True))
