"""Where texts hold numerals: half of the passages of a plan hold none, and are not searched for any.

Of all texts of a batch at once, and as arrays: a character takes a twentieth of the time that a regular expression takes.
"""

from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.extract.numerals import fold
from pipeline.extract.openings import DIGITS
from pipeline.extract.scanner import numeral_characters

ALSO = "○"
"""What reads as a numeral too and is no run of the ledger: a round nought."""


class Numerals(NamedTuple):
    """Where a text holds numeral characters, in order; ``plain``: its digits, once folded, are 0 to 9 alone."""

    places: list[int]
    plain: bool


@cache
def _known() -> NDArray[np.bool_]:
    """Of each code point, whether ``numerals.holds_numeral`` holds of it."""
    known = numeral_characters().copy()
    known[[ord(one) for one in ALSO]] = True
    return known


@cache
def _rare() -> NDArray[np.bool_]:
    """Of each code point, whether it is a digit that folding leaves: those of other scripts than ours."""
    rare = np.zeros_like(_known())
    digits = [point for point in np.flatnonzero(_known()).tolist() if chr(point).isdecimal()]
    rare[[point for point in digits if fold(chr(point)) not in DIGITS]] = True
    return rare


def numerals_of(texts: Sequence[str]) -> list[Numerals]:
    """The numeral characters of each text.

    >>> [(one.places, one.plain) for one in numerals_of(["建成12座", "", "两万٣"])]
    [([2, 3], True), ([], True), ([0, 1, 2], False)]
    """
    points = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), dtype="<u4")
    places = np.flatnonzero(_known().take(points))
    begins = np.cumsum([0, *map(len, texts)])
    borders = np.searchsorted(places, begins).tolist()
    rare = np.flatnonzero(_rare().take(points[places])).tolist()
    every = (places - np.repeat(begins[:-1], np.diff(borders))).tolist()
    return [
        Numerals(every[first:last], bisect_left(rare, first) == bisect_left(rare, last))
        for first, last in pairwise(borders)
    ]
