"""Simplified or Traditional: the share of characters that only one of the two scripts has.

Which characters those are comes from the tables of the package that converts them (opencc-python-reimplemented), so that
"Traditional" means the same when a document is judged and when it is converted.
"""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

# Scanning faults and quotations put a few characters of the other script into any long document.
STRAY_SHARE = 0.02
# One stray character does not make a short document mixed.
FEW = 10
HANS, HANT = 1, 2


@dataclass(frozen=True, slots=True)
class ScriptCharacters:
    """Characters that no text in the other script has."""

    hans: frozenset[str]
    hant: frozenset[str]


@cache
def script_characters() -> ScriptCharacters:
    """The two sets, from the character tables simplified → traditional and back; variants valid in both are in neither."""
    to_hant, to_hans = _table("STCharacters.txt"), _table("TSCharacters.txt")
    in_hans = set(to_hant).union(*to_hans.values())
    in_hant = set(to_hans).union(*to_hant.values())
    hans = {c for c, others in to_hant.items() if c not in others and c not in in_hant}
    hant = {c for c, others in to_hans.items() if c not in others and c not in in_hans}
    return ScriptCharacters(frozenset(hans), frozenset(hant))


def script_of(text: str) -> str:
    """Code of the list ``script``.

    >>> script_of("数字经济"), script_of("數字經濟"), script_of("2021"), script_of("数据與數據")
    ('Hans', 'Hant', 'none', 'mixed')
    """
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
    scripts = _scripts().take(codes, mode="clip")
    hans, hant = (int(np.count_nonzero(scripts == script)) for script in (HANS, HANT))
    if hans + hant == 0:
        return "none"
    stray = min(hans, hant)
    if stray > STRAY_SHARE * (hans + hant) and not (stray == 1 and hans + hant > FEW):
        return "mixed"
    return "Hans" if hans > hant else "Hant"


@cache
def _scripts() -> NDArray[np.uint8]:
    """The script of each code point, 0 where it is of both or none; the last one stands for all above it."""
    known = script_characters()
    scripts = np.zeros(max(map(ord, known.hans | known.hant)) + 2, np.uint8)
    for script, characters in ((HANS, known.hans), (HANT, known.hant)):
        scripts[[ord(character) for character in sorted(characters)]] = script
    return scripts


def _table(name: str) -> dict[str, list[str]]:
    lines = files("opencc").joinpath("dictionary", name).read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if "\t" in line)
    return {key: values.split(" ") for key, values in pairs if len(key) == 1}
