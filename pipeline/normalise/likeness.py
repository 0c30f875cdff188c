"""How alike two wordings are, where no rule makes them equal."""

from difflib import SequenceMatcher
from functools import cache, lru_cache

from pipeline.normalise.wording import HEAD, KEPT, affixes, latin, population_words

# A word that changes nothing (业务, 优质) weighs this part of its length where only one of two wordings has it.
NEUTRAL = 0.25
# Any other word that a document adds most likely names a part (医药 before 高技术制造业增加值).
NARROWING = 2.0
# Shorter wordings are left alone: 投资 and 总投资 have all in common but what matters.
SHORTEST = 5


@cache
def _unchanging() -> frozenset[str]:
    return frozenset(word for place in ("prefix", "inner") for word in affixes(place, ""))


@cache
def _qualifying() -> frozenset[str]:
    """Words that qualify what a document says; in a synonym they may be what sets the indicator apart."""
    return frozenset(word for word, _ in population_words(("size", "title", "praise", "field")))


def alike(first: str, second: str) -> float:
    """How much a document's plain wording (``first``) has of a synonym (``second``), and nothing else: 1 where they are equal.

    Less by what only one of them has, against the length of both; 0 where what they differ in tells things apart
    (``contrast`` in ``indicator_affixes.csv``: 进, 城, 智能), or letters and digits, or the noun at the end. Nor does a
    wording mean the synonym where it lacks a word of it (重点实验室 is not 全国重点实验室) or has another (登记 for 调查).

    >>> alike("进出口总额", "出口总额"), alike("宽带接入用户", "宽带接入用户")
    (0.0, 1.0)
    """
    if first == second:
        return 1.0
    if len(first) < SHORTEST or first[-HEAD:] != second[-HEAD:] or latin(first) != latin(second):
        return 0.0
    only = 0.0
    for tag, start, end, other_start, other_end in SequenceMatcher(None, first, second, False).get_opcodes():
        if tag == "equal":
            continue
        own, other = first[start:end], second[other_start:other_end]
        if any(word in piece for piece in (own, other) for word in affixes("contrast", "")):
            return 0.0
        if other in _qualifying() or (len(other) > 1 and other not in _unchanging()):
            return 0.0
        only += len(own) * (NEUTRAL if own in _unchanging() | _qualifying() else NARROWING)
        only += len(other) * (NEUTRAL if other in _unchanging() else 1.0)
    return 1 - only / (len(first) + len(second))


@lru_cache(maxsize=KEPT)
def _characters(text: str) -> frozenset[str]:
    return frozenset(text)


def most(first: str, second: str) -> float:
    """The most that ``alike`` can give, by the characters they have in common alone: a look before the work.

    >>> most("宽带接入用户", "宽带接入用户"), alike("甲乙丙丁戊数量", "子丑寅卯辰数量") <= most("甲乙丙丁戊数量", "子丑寅卯辰数量") < 0.9
    (1.0, True)
    """
    one, other = _characters(first), _characters(second)
    common = len(one & other) + min(len(first) - len(one), len(second) - len(other))
    both = len(first) + len(second)
    return 1 - NEUTRAL * (both - 2 * common) / both if both else 1.0


def shared(first: str, second: str) -> float:
    """The part of both plain wordings that stands in both in the same order, whatever the rest means: for a person to look at.

    >>> shared("出口总额", "进出口总额") > 0.8, shared("灯塔", "基站")
    (True, 0.0)
    """
    return SequenceMatcher(None, first, second, False).ratio()
