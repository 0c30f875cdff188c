"""How an indicator is worded: the plain form, affixes that belong to the measure, words of population."""

import re
import unicodedata
from functools import cache, lru_cache

from pipeline.contract.seed import seed_rows

# What is no letter or digit; and conjunctions and the attributive particle, which carry no part of an indicator's meaning:
# 软件和信息 is 软件与信息.
SILENT = re.compile(r"[\W_的和与及]+")
# A year inside a wording is the claim's period, not the indicator's name.
YEAR = re.compile(r"(?:到|截至)?[0-9]{4}年[底末]?")
# 甲在乙中占比, 甲占到乙的比重 and 甲占乙 are one share.
SHARE = (re.compile(r"^(.+)在(.+)[中里]所?占比重?$"), re.compile(r"^(.+?)所?占到?(?!比$)(.+?)(?:比重|比例|份额)?$"))
SHARE_OF_UNSAID = re.compile(r"所占(?:比重|比例|份额)$")
# The noun at the end says what is counted: it always stays, and only wordings that share it are held against each other.
HEAD = 2
# Below eight characters, two words may hold the same characters and mean different things.
REORDERED = 8
# A noun after a clause must be a name of its own: 实施的项目 names nothing.
NAMED = 4
# A wording that the sentence completes: so long itself, and its beginning too.
SHORTEST_END = 2
SHORTEST_BEGINNING = 2
# Wordings whose variants are kept at a time.
KEPT = 1 << 14
# 甲占乙 and 乙占甲, 甲对乙 and 乙对甲 are different things in the same characters.
DIRECTED = frozenset("占对比")


def plain(text: str) -> str:
    """A wording without width, case, blanks, punctuation, quotes, years and silent characters.

    >>> plain("“5g+工业互联网” 示范工厂（试点）")
    '5G工业互联网示范工厂试点'
    """
    return SILENT.sub("", YEAR.sub("", unicodedata.normalize("NFKC", text).upper()))


@lru_cache(maxsize=KEPT)
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


@lru_cache(maxsize=KEPT)
def variants(text: str, measure: str) -> tuple[str, ...]:
    """The plain wording and what is left of it as affixes are dropped one by one, longest wording first."""
    found = [plain(text)]
    if (noun := _after_clause(text)) is not None:
        found.append(noun)
    while True:
        shorter = _drop_one(found[-1], measure)
        if shorter is None:
            return tuple(found)
        found.append(shorter)


def _after_clause(text: str) -> str | None:
    """上线运行的平台: the noun after a relative clause that only says the thing is there."""
    clause, of, noun = text.rpartition("的")
    said, verbs = plain(clause), affixes("clause", "")
    if of and len(plain(noun)) >= NAMED and (said.startswith(verbs) or said.endswith(verbs)):
        return plain(noun)
    return None


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

    >>> core("主营业务收入") == core("主营收入"), core("软件在服务业中占比"), core("软件占服务业比重")
    (True, '软件占服务业', '软件占服务业')
    """
    whole = SHARE_OF_UNSAID.sub("占比", plain(text))
    for form in SHARE:
        if found := form.match(whole):
            whole = f"{found[1]}占{found[2]}"
            break
    body, ending = whole[:-HEAD], whole[-HEAD:]
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
def population_words(kinds: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Words of population of these kinds and the population they name, longest word first.

    Kinds: ``size`` (规上), ``group`` (中小企业), ``title`` (国家级), ``praise`` (优质), ``field`` (数字领域).
    """
    pairs = {(plain(row["word"]), row["population"]) for row in seed_rows("populations") if row["kind"] in kinds}
    return tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair)))


def population_of(text: str, kinds: tuple[str, ...] = ("size", "group")) -> tuple[str | None, str]:
    """The population a wording names, and the plain wording without the word for it.

    Rule: the longest word of ``populations.csv`` in the wording, of the kinds asked for; null where it holds none.

    >>> population_of("规上工业企业上云率"), population_of("规上工业企业上云率", ("size",))
    (('规上工业企业', '上云率'), ('规上企业', '工业企业上云率'))
    """
    whole = plain(text)
    for word, population in population_words(kinds):
        if word in whole:
            return population, whole.replace(word, "", 1)
    return None, whole


def untitled(text: str) -> tuple[tuple[tuple[str, ...], str], ...]:
    """What is left as titles, praise and the digital field are dropped in front, each with the populations dropped.

    >>> untitled("省级优质孵化器")
    (((), '省级优质孵化器'), (('省级',), '优质孵化器'), (('省级', '优质'), '孵化器'))
    """
    found: list[tuple[tuple[str, ...], str]] = [((), plain(text))]
    while True:
        names, rest = found[-1]
        words = population_words(("field", "praise", "title"))
        front = next((pair for pair in words if rest.startswith(pair[0]) and len(rest) > len(pair[0]) + 1), None)
        if front is None:
            return tuple(found)
        found.append(((*names, front[1]), rest[len(front[0]) :]))
