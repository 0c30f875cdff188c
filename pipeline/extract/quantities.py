"""Quantities of a text: number, unit and bound, read from the characters around the number alone.

One pass: exclusions are masked, numerals read in order, units attached, ranges and lists joined, bounds and signs added.
Every look around a number is over a window of fixed length, so the work grows with the text.
"""

from decimal import Decimal
from typing import Final, NamedTuple

from pipeline.contract.late import Late
from pipeline.extract.bounds import Bound, bound_after, bound_before
from pipeline.extract.currencies import HOME, localised
from pipeline.extract.exclusions import Exclusion, find_exclusions, mask
from pipeline.extract.items import Item, build_item, scaled
from pipeline.extract.lists import joined, share_units
from pipeline.extract.model import Quantity, checked
from pipeline.extract.numerals import Numeral, find_numerals, fold, holds_numeral
from pipeline.extract.ranges import range_ends
from pipeline.extract.signs import decline_before, minus_before
from pipeline.extract.structural import borderline_rule

_VAGUE_BEFORE = {"数": "approx", "几": "approx", "上": "ge"}
_NOT_VAGUE = Late(r"[以线网云史海省市早晚马]上$|[指总系参人次户基个]数$")


class Reading(NamedTuple):
    """All that was read in a text: quantities, excluded stretches, and numerals that are neither."""

    quantities: tuple[Quantity, ...]
    exclusions: tuple[Exclusion, ...]
    leftovers: tuple[Numeral, ...]


class _Lead:
    """What governs the next number of a list: the cue of bound before it and the word of decline, from where they stand."""

    def __init__(self, end: int, bound: Bound | None, decline: int | None) -> None:
        self.end: Final = end
        self.bound: Final = bound
        self.decline: Final = decline


def find_quantities(text: str, start: int = 0, end: int | None = None, currency: str = HOME) -> list[Quantity]:
    """Quantities of ``text[start:end]`` (clean text), in order, quotes not overlapping, offsets into ``text``.

    ``currency`` is what 元 stands for. Give whole passages: a scanning fault such as ``1。98家`` and a list may hold a full stop. Never raises.
    """
    part = text[start:end]
    if not holds_numeral(part):
        return []
    found = read(part, start).quantities
    if currency == HOME:
        return list(found)
    return [localised(one, text[one.reading_start : one.reading_end], currency) for one in found]


def reread(fragment: str) -> list[Quantity]:
    """Quantities of a fragment that is ``clean[reading_start:reading_end]`` of a quantity: one has the ``same_reading``."""
    return find_quantities(fragment)


def same_reading(one: Quantity, other: Quantity) -> bool:
    """Whether two readings give the same value, ends, bound, unit and classifier."""
    return (one.value, one.low, one.high, one.bound, one.unit, one.classifier) == (
        other.value,
        other.low,
        other.high,
        other.bound,
        other.unit,
        other.classifier,
    )


def read(text: str, begin: int = 0, plain: bool = False) -> Reading:
    """Everything numeric in a text; offsets of quantities are counted from its ``begin``, all others from 0. ``plain``: its digits,
    once folded, are 0 to 9 alone."""
    masked, exclusions, items = _items(text, plain)
    quantities: list[Quantity] = []
    leftovers: list[Numeral] = []
    lead = _Lead(-1, None, None)
    for item, second, ends in _figures(masked, items):
        if second and ends:
            quantity, lead = _range(text, begin, masked, item, second, ends[0], ends[1])
            quantities.append(quantity)
        elif item.rank:
            quantities.append(_rank(text, begin, masked, item))
        elif item.unit:
            quantity, lead = _single(text, begin, masked, item, lead)
            quantities.append(quantity)
        else:
            leftovers.append(item.numeral)
    return Reading(tuple(quantities), tuple(exclusions), tuple(leftovers))


def _items(text: str, plain: bool) -> tuple[str, list[Exclusion], list[Item]]:
    """The text with numerals of exclusions masked, the exclusions, and the numerals that are left with their units."""
    folded = fold(text)
    exclusions = find_exclusions(folded, plain)
    masked = mask(folded, exclusions)
    items = [build_item(masked, numeral) for numeral in find_numerals(masked, plain)]
    return masked, exclusions, share_units(masked, items)


def _figures(masked: str, items: list[Item]) -> list[tuple[Item, Item | None, tuple[Decimal, Decimal] | None]]:
    """The items, each once; where two are a range, both and the low and high end."""
    found: list[tuple[Item, Item | None, tuple[Decimal, Decimal] | None]] = []
    at = reached = 0
    while at < len(items):
        item, second = items[at], items[at + 1] if at + 1 < len(items) else None
        at += 1
        if item.start < reached:  # the 五 of 七成五 has been read
            continue
        ends = range_ends(masked, item, second) if second else None
        if second and ends:
            at += 1
            reached = second.end
        elif item.rank or item.unit:
            reached = item.end
        found.append((item, second, ends))
    return found


def _single(text: str, begin: int, masked: str, item: Item, lead: _Lead) -> tuple[Quantity, _Lead]:
    unit, numeral = item.unit, item.numeral
    assert unit is not None
    in_list = joined(masked, lead.end, item.start) if lead.end >= 0 else False
    vague = _vague_before(masked, item)
    from_ = item.currency if item.currency is not None else item.start - 1 if vague else item.start
    minus = minus_before(masked, from_)
    before = None if minus is not None else bound_before(masked, from_)
    if (
        before
        and unit.unit == "percentage_point"
        and masked[before.start : before.start + 2] in ("低于", "高于", "高出")
    ):
        before = None
    if before is None and in_list:
        before = lead.bound
    decline = minus if minus is not None else decline_before(masked, before.start if before and not in_list else from_)
    if decline is None and in_list:
        decline = lead.decline
    after = bound_after(masked, item.start, item.end)
    code = before.code if before else vague or (after.code if after else "approx" if numeral.vague else "eq")
    negative = decline is not None
    rule = borderline_rule(masked, item.start, numeral, unit, vague is not None)
    value = None if numeral.value is None else scaled(item, numeral.value)
    low = high = None
    if numeral.low is not None and numeral.high is not None:
        low, high, code = scaled(item, numeral.low), scaled(item, numeral.high), "range"
        low, high = (-high, -low) if negative else (low, high)
    starts = [item.start, item.reading_start, from_, *(x.start for x in (before, after) if x)]
    ends = [item.end, item.reach, unit.near_end, *([after.end] if after else [])]
    quantity = checked(
        Quantity(
            start=begin + item.start,
            end=begin + item.end,
            reading_start=begin + min([*starts, decline] if decline is not None else starts),
            reading_end=begin + max(ends),
            value=-value if negative and value is not None else value,
            low=low,
            high=high,
            bound="eq" if numeral.fault else code,
            unit=unit.unit,
            classifier=unit.classifier,
            resolution=None
            if numeral.step is None
            else abs(scaled(item, numeral.step) - scaled(item, numeral.step * 0)),
            numeral=text[numeral.start : numeral.end],
            form=numeral.form,
            rule=f"borderline:{rule}" if rule else "fault" if numeral.fault else "list" if item.reach else unit.kind,
            fault=numeral.fault,
            borderline=rule is not None,
        )
    )
    return quantity, _Lead(after.end if after and after.start == item.end else item.end, before, decline)


def _vague_before(masked: str, item: Item) -> str | None:
    """数十, 几百, 上万: the bound that the character before a bare scale gives."""
    first = masked[item.numeral.start : item.numeral.start + 1]
    left = masked[max(0, item.start - 2) : item.start]
    if first not in "十百千万亿" or not left or left[-1] not in _VAGUE_BEFORE or _NOT_VAGUE.search(left):
        return None
    return _VAGUE_BEFORE[left[-1]]


def _range(
    text: str, begin: int, masked: str, first: Item, second: Item, low: Decimal, high: Decimal
) -> tuple[Quantity, _Lead]:
    unit = second.unit
    assert unit is not None
    before = bound_before(masked, first.start)
    decline = decline_before(masked, before.start if before else first.start)
    after = bound_after(masked, first.start, second.end)
    rule = borderline_rule(masked, first.start, second.numeral, unit, False)
    starts = [first.start, first.reading_start, second.reading_start, *([] if decline is None else [decline])]
    step = second.numeral.step
    quantity = checked(
        Quantity(
            start=begin + first.start,
            end=begin + second.end,
            reading_start=begin + min(starts),
            reading_end=begin + max(second.end, second.reach, unit.near_end),
            value=None,
            low=low if decline is None else -high,
            high=high if decline is None else -low,
            bound="range",
            unit=unit.unit,
            classifier=unit.classifier,
            resolution=None if step is None else step * unit.factor,
            numeral=text[first.numeral.start : second.numeral.end],
            form=second.numeral.form,
            rule=f"borderline:{rule}" if rule else "range",
            borderline=rule is not None,
        )
    )
    return quantity, _Lead(after.end if after else second.end, None, decline)


def _rank(text: str, begin: int, masked: str, item: Item) -> Quantity:
    rank, numeral = item.rank, item.numeral
    assert rank is not None
    after = bound_after(masked, item.start, item.end)
    bound = rank.bound if rank.bound != "eq" or after is None else after.code
    decline = decline_before(masked, item.start) if rank.change else None
    value = numeral.value
    return checked(
        Quantity(
            start=begin + rank.start,
            end=begin + rank.end,
            reading_start=begin + min(rank.reading_start, rank.start if decline is None else decline),
            reading_end=begin + (after.end if after else rank.end),
            value=-value if decline is not None and value is not None else value,
            low=numeral.low,
            high=numeral.high,
            bound="range" if numeral.low is not None else bound,
            unit="rank",
            classifier=None,
            resolution=numeral.step,
            numeral=text[numeral.start : numeral.end],
            form=numeral.form,
            rule="borderline:rank_class" if rank.borderline else "rank_change" if rank.change else "rank",
            borderline=rank.borderline,
        )
    )
