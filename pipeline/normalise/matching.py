"""From the words of a claim to a canonical indicator.

The rules, tried in this order, and the name each is reported by: ``exact`` (the plain wording is a synonym), ``affix`` (it
is one without words that belong to the measure, such as 数量, 增速, 新建), ``population`` (it is one but for the population:
规上, 省级, 优质), ``inner`` (it is one but for words such as 业务 that change nothing, or for the form of a share), ``order``
(it lists the same things in another order), ``pattern`` (it fits a synonym with a gap), ``verb`` (a synonym stands after
its verb), ``alike`` (it scores at least ``THRESHOLD`` against a synonym), ``sentence`` (it is the end of a synonym whose
beginning stands in the sentence before it).
A wording that none of them links gives no observation: a wrong link does more harm than a missing one.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

import ahocorasick_rs

from pipeline.normalise.catalogue import Catalogue, Synonym, covered
from pipeline.normalise.fitting import acceptable, best
from pipeline.normalise.likeness import alike, most
from pipeline.normalise.wording import HEAD, SHORTEST_END, affixes, bag, core, plain, population_of, untitled, variants

# Measured on one half of the documents of the linking gold; docs/tables.md tells what lies above and below.
THRESHOLD = 0.85
# What is left of a wording without its inner words must still be a name: 建设进度 may not be found by 进度 alone.
SHORTEST_CORE = 4
SHORTEST_STEM = 3
# The beginning of a wording that the sentence completes stands no further away.
REACH = 40
# Wordings whose links are kept at a time: documents word most things alike.
KEPT = 1 << 16
# Float noise of a score.
NOISE = 1e-9
# Units whose figure may hold for each of several things at once; a count of several things is no count of any of them.
SHARED_OUT = frozenset({"percent", "percentage_point", "per_mille", "rank"})


@dataclass(frozen=True, slots=True)
class Match:
    """An indicator a claim is about, the population its wording names, the rule and how close the wordings are (0 to 1)."""

    indicator_id: str
    population: str | None
    rule: str
    score: float


def match(text: str, measure: str, unit: str, known: Catalogue, before: str = "") -> tuple[Match, ...]:
    """The indicators a claim is about: one, none, or several where one percentage holds for several things.

    ``text`` is the claim's ``indicator_text``, ``before`` its sentence up to the figure. Only percentages and ranks are
    shared out: 60 of two things together is no figure of either.
    """
    found = _alone(text, measure, unit, known)
    if found or _is_shared_out(text, unit):
        return found
    completed = _completed(text, measure, unit, known, before)
    return (completed,) if completed else ()


def _is_shared_out(text: str, unit: str) -> bool:
    return unit in SHARED_OUT and "、" in text


@lru_cache(maxsize=KEPT)
def _alone(text: str, measure: str, unit: str, known: Catalogue) -> tuple[Match, ...]:
    """The indicators that a wording names without its sentence."""
    if found := _link(text, measure, unit, known):
        return (found,)
    if not _is_shared_out(text, unit):
        return ()
    parts = [part for part in text.split("、") if part]
    linked: dict[str, Match] = {}
    for part in parts:
        if one := _part(part, parts, measure, unit, known):
            linked.setdefault(one.indicator_id, one)
    return tuple(linked[indicator_id] for indicator_id in sorted(linked))


def _part(part: str, parts: list[str], measure: str, unit: str, known: Catalogue) -> Match | None:
    """One of several things listed: a population named before the first holds for all, a noun after the last may too."""
    shared, rest = population_of(parts[0]) if parts else (None, "")
    word = plain(parts[0]).removesuffix(rest) if shared else ""
    return (
        (_exact(word + part, measure, unit, known) if word and part is not parts[0] else None)
        or _exact(part, measure, unit, known)
        or _with_tail(part, parts[-1], measure, unit, known)
    )


def _with_tail(part: str, last: str, measure: str, unit: str, known: Catalogue) -> Match | None:
    """甲产业、乙产业营业收入: the first part shares the noun at the end of the last one; the longest tail that fits wins."""
    for cut in range(1, len(last)):
        if found := _exact(part + last[cut:], measure, unit, known):
            return found
    return None


def _link(text: str, measure: str, unit: str, known: Catalogue) -> Match | None:
    return (
        _exact(text, measure, unit, known)
        or _but_for_population(text, measure, unit, known)
        or _but_for_inner_words(text, measure, unit, known)
        or _but_for_order(text, measure, unit, known)
        or _by_pattern(text, measure, unit, known)
        or _after_verb(text, measure, unit, known)
        or _alike(text, measure, unit, known)
    )


def _exact(text: str, measure: str, unit: str, known: Catalogue) -> Match | None:
    for wording in variants(text, measure):
        if found := best(known.exact.get(wording, ()), measure, unit, known.indicators):
            rule = "exact" if wording == plain(text) else "affix"
            return Match(found.indicator_id, found.population or population_of(text)[0], rule, 1.0)
    return None


def _but_for_population(text: str, measure: str, unit: str, known: Catalogue) -> Match | None:
    for wording in variants(text, measure):
        for names, rest in untitled(wording):
            if names and (found := best(known.exact.get(rest, ()), measure, unit, known.indicators)):
                return Match(found.indicator_id, _joined(names, found.population), "population", 1.0)
            for kinds in (("size",), ("size", "group")):
                named, stem = population_of(rest, kinds)
                fitting = tuple(
                    s for s in known.stems.get(stem, ()) if covered(known.indicators[s.indicator_id]) == kinds
                )
                if named and len(stem) >= SHORTEST_STEM and (found := best(fitting, measure, unit, known.indicators)):
                    return Match(found.indicator_id, _joined(names, named), "population", 1.0)
    return None


def _joined(names: tuple[str, ...], last: str | None) -> str | None:
    return "、".join(dict.fromkeys([*names, *([last] if last else [])])) or None


def _but_for_inner_words(text: str, measure: str, unit: str, known: Catalogue) -> Match | None:
    for wording in variants(text, measure):
        key = core(wording)
        if len(key) >= SHORTEST_CORE and (found := best(known.cores.get(key, ()), measure, unit, known.indicators)):
            return _close(text, wording, found, "inner")
    return None


def _but_for_order(text: str, measure: str, unit: str, known: Catalogue) -> Match | None:
    for wording in variants(text, measure):
        key = bag(wording)
        if key and (found := best(known.bags.get(key, ()), measure, unit, known.indicators)):
            return _close(text, wording, found, "order")
    return None


def _by_pattern(text: str, measure: str, unit: str, known: Catalogue) -> Match | None:
    for wording in variants(text, measure):
        fitting = tuple(synonym for pattern, synonym in known.patterns if pattern.fullmatch(wording))
        if found := best(fitting, measure, unit, known.indicators):
            return Match(found.indicator_id, found.population or population_of(text)[0], "pattern", 1.0)
    return None


def _after_verb(text: str, measure: str, unit: str, known: Catalogue) -> Match | None:
    """某公司计划建设5G基站: the synonym after the last verb, whoever stands before it."""
    whole = plain(text)
    if any(word in whole for word in affixes("pace", "")):
        return None
    # Where each verb stands last: of those found one after the other, later ones take the place of earlier ones.
    ends = {verb: end for verb, _, end in _verbs().find_matches_as_indexes(whole, overlapping=True)}
    for cut in sorted(set(ends.values())):
        found = best(known.exact.get(whole[cut:], ()), measure, unit, known.indicators)
        if found and len(found.text) >= SHORTEST_CORE and any(whole[:cut].endswith(v) for v in affixes("clause", "")):
            return Match(
                found.indicator_id, found.population or population_of(text)[0], "verb", len(found.text) / len(whole)
            )
    return None


@cache
def _verbs() -> ahocorasick_rs.AhoCorasick:
    """The words that may stand before what is counted."""
    return ahocorasick_rs.AhoCorasick(affixes("prefix", ""))


def _alike(text: str, measure: str, unit: str, known: Catalogue) -> Match | None:
    scored = next(candidates(text, measure, unit, known, THRESHOLD), None)
    if scored is None or scored[0] < THRESHOLD:
        return None
    return Match(scored[1].indicator_id, scored[1].population or population_of(text)[0], "alike", scored[0])


def candidates(
    text: str, measure: str, unit: str, known: Catalogue, least: float = 0.0
) -> Iterator[tuple[float, Synonym]]:
    """Synonyms that a figure of that measure and unit may mean, with their scores above 0, the closest first; without
    some of those that score less than ``least``."""
    closest: dict[str, tuple[float, Synonym]] = {}
    for wording in variants(text, measure):
        for synonym in _headed(wording[-HEAD:], measure, unit, known):
            if most(wording, synonym.text) < least - NOISE:
                continue
            score = alike(wording, synonym.text)
            held = closest.get(synonym.indicator_id)
            if score and (held is None or score > held[0]):
                closest[synonym.indicator_id] = score, synonym
    yield from sorted(closest.values(), key=lambda pair: (-pair[0], pair[1].indicator_id, pair[1].text))


@lru_cache(maxsize=KEPT)
def _headed(head: str, measure: str, unit: str, known: Catalogue) -> tuple[Synonym, ...]:
    """Synonyms with these last characters that a figure of that measure and unit may mean."""
    told = known.heads.get(head, ())
    return tuple(one for one in told if acceptable(known.indicators[one.indicator_id], measure, unit))


def _completed(text: str, measure: str, unit: str, known: Catalogue, before: str) -> Match | None:
    """产量, after 粮食 in its sentence: the synonym that ends so and whose beginning stands last before the figure."""
    said = plain(before)
    for wording in variants(text, measure):
        if len(wording) < SHORTEST_END or wording in affixes("bare", ""):
            continue
        found: list[tuple[int, Synonym]] = []
        for synonym in known.endings.get(wording, ()):
            beginning = synonym.text.removesuffix(wording)
            at = said.rfind(beginning)
            if at >= 0 and len(said) - at <= REACH:
                found.append((at + len(beginning), synonym))
        nearest = max((end for end, _ in found), default=0)
        fitting = tuple(synonym for end, synonym in found if end == nearest)
        if one := best(fitting, measure, unit, known.indicators):
            return Match(
                one.indicator_id, one.population or population_of(text)[0], "sentence", len(wording) / len(one.text)
            )
    return None


def _close(text: str, wording: str, found: Synonym, rule: str) -> Match:
    population = found.population or population_of(text)[0]
    return Match(found.indicator_id, population, rule, alike(wording, found.text))
