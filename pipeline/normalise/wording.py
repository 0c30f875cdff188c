"""How an indicator is worded: the plain form, affixes that belong to the measure, words of population."""

import re
import unicodedata
from functools import cache

from pipeline.contract.seed import seed_rows

# Conjunctions and the attributive particle carry no part of an indicator's meaning: 软件和信息 is 软件与信息.
SILENT = frozenset("的和与及")
# A year inside a wording is the claim's period, not the indicator's name.
YEAR = re.compile(r"(?:到|截至)?[0-9]{4}年[底末]?")
# 甲在乙中占比, 甲占到乙的比重 and 甲占乙 are one share.
SHARE = (re.compile(r"^(.+)在(.+)[中里]所?占比重?$"), re.compile(r"^(.+?)所?占到?(.+?)(?:比重|比例|份额)?$"))
# Below eight characters, two words may hold the same characters and mean different things.
REORDERED = 8
# 甲占乙 and 乙占甲, 甲对乙 and 乙对甲 are different things in the same characters.
DIRECTED = frozenset("占对比")


def plain(text: str) -> str:
    """A wording without width, case, blanks, punctuation, quotes, years and silent characters.

    >>> plain("“5g+工业互联网” 示范工厂（试点）")
    '5G工业互联网示范工厂试点'
    """
    folded = YEAR.sub("", unicodedata.normalize("NFKC", text).upper())
    return "".join(character for character in folded if character.isalnum() and character not in SILENT)


@cache
def latin(text: str) -> tuple[str, ...]:
    """Stretches of Latin letters and digits, in order: 4G and 5G name different things however much else agrees.

    >>> latin("5G基站的IPv6终端")
    ('5G', 'IPV6')
    """
    spaced = "".join(character if character.isascii() else " " for character in plain(text))
    return tuple(spaced.split())


@cache
def affixes(position: str, measure: str) -> tuple[str, ...]:
    """Words that may be dropped at a position (``prefix``, ``suffix``) for a measure, longest first."""
    found = {
        plain(row["word"])
        for row in seed_rows("indicator_affixes")
        if row["position"] == position and (not row["measure"] or measure in row["measure"].split("|"))
    }
    return tuple(sorted(found, key=lambda word: (-len(word), word)))


def variants(text: str, measure: str) -> tuple[str, ...]:
    """The plain wording and what is left of it as affixes are dropped one by one, longest wording first."""
    found = [plain(text)]
    while True:
        shorter = _drop_one(found[-1], measure)
        if shorter is None:
            return tuple(found)
        found.append(shorter)


def _drop_one(text: str, measure: str) -> str | None:
    for word in affixes("suffix", measure):
        if text.endswith(word) and len(text) > len(word) + 1:
            return text[: -len(word)]
    for word in affixes("prefix", measure):
        if text.startswith(word) and len(text) > len(word) + 1:
            return text[len(word) :]
    return None


def core(text: str) -> str:
    """The plain wording without words inside that change nothing (业务, 技术), shares in one form.

    The last two characters always stay: they are the noun that says what is counted.

    >>> core("主营业务收入") == core("主营收入"), core("软件在服务业中占比"), core("软件占服务业比重")
    (True, '软件占服务业', '软件占服务业')
    """
    whole = plain(text)
    for form in SHARE:
        if found := form.match(whole):
            whole = f"{found[1]}占{found[2]}"
            break
    body, ending = whole[:-2], whole[-2:]
    for word in affixes("inner", ""):
        body = body.replace(word, "")
    return body + ending


def bag(text: str) -> str | None:
    """The characters of a core in a fixed order: lists may be given in any order (甲、乙园区 is 乙、甲园区).

    Null for wordings too short for that to be safe, and for those whose order carries the meaning.

    >>> bag("重点园区、产业集聚区") == bag("产业集聚区和重点园区"), bag("园区")
    (True, None)
    """
    whole = core(text)
    if len(whole) < REORDERED or DIRECTED & set(whole):
        return None
    return "".join(sorted(whole))


@cache
def population_words() -> tuple[tuple[str, str], ...]:
    """Words of population and the population they name, longest word first."""
    pairs = {(plain(row["word"]), row["population"]) for row in seed_rows("populations")}
    return tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair)))


def population_of(text: str) -> tuple[str | None, str]:
    """The population a wording names, and the plain wording without the word for it.

    Rule: the longest word of ``populations.csv`` in the wording; null where it holds none.
    """
    whole = plain(text)
    for word, population in population_words():
        if word in whole:
            return population, whole.replace(word, "", 1)
    return None, whole
