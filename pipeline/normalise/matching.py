"""From the words of a claim to a canonical indicator.

The rules, tried in this order, and the name each is reported by: ``exact`` (the plain wording is a synonym), ``affix`` (it
is one without words that belong to the measure, such as 数量, 增速, 新建), ``population`` (it is one but for the population),
``inner`` (it is one but for words such as 业务 that change nothing, or for the form of a share), ``order`` (it lists the
same things in another order), ``contained`` (a synonym ends it, and little stands before). A wording that none of them links gives no observation: a wrong link does more harm than a missing one. Likeness
alone links nothing: 出口总额 is 92 percent like 进出口总额. The scores of ``inner`` and
``order`` only tell how close the wordings were.
"""

from dataclasses import dataclass

from pipeline.normalise.catalogue import Catalogue, Indicator, Synonym
from pipeline.normalise.units import convertible
from pipeline.normalise.wording import bag, core, latin, plain, population_of, variants

# A word before a Chinese noun narrows it: 信息领域高新技术企业 is not 高新技术企业. Three quarters lets pass what merely
# qualifies (国家高新技术企业) and stops what names a part.
CONTAINED_FLOOR = 0.75
SHORTEST = 3
# What is left of a wording without its inner words must still be a name: 建设进度 may not be found by 进度 alone.
SHORTEST_CORE = 4
# Units whose figure may hold for each of several things at once; a count of several things is no count of any of them.
SHARED_OUT = frozenset({"percent", "percentage_point", "per_mille", "rank"})


@dataclass(frozen=True, slots=True)
class Match:
    """An indicator a claim is about, the population its wording names, the rule and how close the wordings are (0 to 1)."""

    indicator_id: str
    population: str | None
    rule: str
    score: float


def acceptable(indicator: Indicator, measure: str, unit: str) -> bool:
    """Whether a figure of that measure and unit can be one of the indicator's.

    A share or a rate belongs to a rate; a growth rate, a rank or a gap to anything; a level or increment shares its unit.
    """
    rate = indicator.unit in ("percent", "ratio")
    if measure == "share":
        return rate
    if measure in ("level", "increment"):
        return convertible(unit, indicator.unit)
    if measure == "change":
        return rate if unit == "percentage_point" else unit == "rank" or convertible(unit, indicator.unit)
    if measure == "growth_rate":
        return unit in ("percent", "multiple", "per_mille", indicator.unit)
    return True


def match(text: str, measure: str, unit: str, known: Catalogue) -> tuple[Match, ...]:
    """The indicators a claim is about: one, none, or several where one percentage holds for several things.

    ``text`` is the claim's ``indicator_text``. Only percentages and ranks are shared out: 60 of two things together is
    no figure of either.
    """
    found = _link(text, measure, unit, known)
    if found or unit not in SHARED_OUT or "、" not in text:
        return (found,) if found else ()
    parts = [part for part in text.split("、") if part]
    linked: dict[str, Match] = {}
    for part in parts:
        one = _exact(part, measure, unit, known) or _with_tail(part, parts[-1], measure, unit, known)
        if one:
            linked.setdefault(one.indicator_id, one)
    return tuple(linked[indicator_id] for indicator_id in sorted(linked))


def _with_tail(part: str, last: str, measure: str, unit: str, known: Catalogue) -> Match | None:
    """甲产业、乙产业营业收入: the first part shares the noun at the end of the last one; the longest tail that fits wins."""
    for cut in range(1, len(last)):
        if found := _exact(part + last[cut:], measure, unit, known):
            return found
    return None


def _exact(text: str, measure: str, unit: str, known: Catalogue) -> Match | None:
    for wording in variants(text, measure):
        if found := _best(known.exact.get(wording, ()), measure, unit, known):
            rule = "exact" if wording == plain(text) else "affix"
            return Match(found.indicator_id, found.population or population_of(text)[0], rule, 1.0)
    return None


def _link(text: str, measure: str, unit: str, known: Catalogue) -> Match | None:
    return (
        _exact(text, measure, unit, known)
        or _but_for_population(text, measure, unit, known)
        or _but_for_inner_words(text, measure, unit, known)
        or _but_for_order(text, measure, unit, known)
        or _contained(text, measure, unit, known)
    )


def _best(synonyms: tuple[Synonym, ...], measure: str, unit: str, known: Catalogue) -> Synonym | None:
    """Of several indicators with one wording, one in the very unit of the claim, else the first by identifier."""
    fitting = [s for s in synonyms if acceptable(known.indicators[s.indicator_id], measure, unit)]
    return min(
        fitting, key=lambda s: (known.indicators[s.indicator_id].unit != unit, s.indicator_id, s.text), default=None
    )


def _but_for_population(text: str, measure: str, unit: str, known: Catalogue) -> Match | None:
    named, _ = population_of(text)
    for wording in variants(text, measure):
        stem = population_of(wording)[1]
        if found := _best(known.stems.get(stem, ()), measure, unit, known):
            return Match(found.indicator_id, named, "population", 1.0)
    return None


def _contained(text: str, measure: str, unit: str, known: Catalogue) -> Match | None:
    wording = variants(text, measure)[-1]
    ends = [
        s
        for s in known.synonyms
        if len(s.text) >= SHORTEST and wording.endswith(s.text) and latin(s.text) == latin(text)
    ]
    longest = max((len(s.text) for s in ends), default=0)
    if not longest or longest / len(wording) < CONTAINED_FLOOR:
        return None
    found = _best(tuple(s for s in ends if len(s.text) == longest), measure, unit, known)
    if found is None:
        return None
    return Match(found.indicator_id, found.population or population_of(text)[0], "contained", longest / len(wording))


def _but_for_inner_words(text: str, measure: str, unit: str, known: Catalogue) -> Match | None:
    for wording in variants(text, measure):
        key = core(wording)
        if len(key) >= SHORTEST_CORE and (found := _best(known.cores.get(key, ()), measure, unit, known)):
            return _close(text, wording, found, "inner")
    return None


def _but_for_order(text: str, measure: str, unit: str, known: Catalogue) -> Match | None:
    for wording in variants(text, measure):
        key = bag(wording)
        if key and (found := _best(known.bags.get(key, ()), measure, unit, known)):
            return _close(text, wording, found, "order")
    return None


def _close(text: str, wording: str, found: Synonym, rule: str) -> Match:
    population = found.population or population_of(text)[0]
    return Match(found.indicator_id, population, rule, similarity(wording, found.text))


def similarity(first: str, second: str) -> float:
    """Twice the longest common subsequence over both lengths: 1 for equal texts, 0 where no character is shared.

    >>> round(similarity("主营收入", "主营业务收入"), 2)
    0.8
    """
    above = [0] * (len(second) + 1)
    for character in first:
        row = [0]
        for column, other in enumerate(second, start=1):
            row.append(above[column - 1] + 1 if character == other else max(above[column], row[-1]))
        above = row
    return 2 * above[-1] / max(1, len(first) + len(second))
