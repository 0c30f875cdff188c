"""Places in an order: 第10位, 居全国第一, 前10位, 前三强, 十名以外, 提升4位.

第 with 位 or 名 is a rank; 第 alone is one where the clause speaks of an order; other 第 are ordinals that rank nothing and
are taken out before (``seeds/tables/name_patterns.csv``).
"""

import re
from typing import NamedTuple

from pipeline.contract.late import Late
from pipeline.extract.vocabulary import pattern

REACH = 24
_ORDINAL = re.compile(r"第[ ]?$")
_FIRST_N = re.compile(r"前[ ]?$")
_PLACES = re.compile(r"[ ]?(?:位|名|强)(?!数)")
_ENDS = Late(r"(?=[，。；、：）)》”\"！\s和与及的,;]|$)")
_ORDER = r"<order_cue>[^，。；、：\d\n]{0,8}$"
_MOVED = r"<order_moved>(?:了|至|到)?(?:全国|全省|第)?$"
_HELD = r"<order_held>[^，。；、\d\n]{0,8}$"


class Rank(NamedTuple):
    """A rank: where the quote begins and ends, and what must be read with it. ``change`` marks a move by N places."""

    start: int
    end: int
    reading_start: int
    bound: str = "eq"
    change: bool = False
    borderline: bool = False


def read_rank(text: str, start: int, after: int) -> Rank | None:
    """The rank of which ``text[start:after]`` is the number; None where it is none."""
    left = text[max(0, start - REACH) : start]
    places = _PLACES.match(text, after)
    strong = places is not None and places[0].endswith("强")
    end = places.end() if places else after
    if ordinal := _ORDINAL.search(left):
        return None if strong else _ordinal(text, start - len(left), left[: ordinal.start()], end, places is not None)
    if first := _FIRST_N.search(left):
        order = pattern(_ORDER).search(left[: first.start()])
        if places or (order and _ENDS.match(text, after)):
            reach = (order or first).start() if not places else first.start()
            return Rank(start, end, start - len(left) + reach, "le", borderline=strong)
    if places is None:
        return None
    if strong:
        return Rank(start, end, start, "le", borderline=True)
    if moved := pattern(_MOVED).search(left):
        by = not moved[0].endswith(("至", "到", "第", "全国", "全省"))
        return Rank(start, end, start - len(left) + moved.start(), change=by)
    if pattern("<order_beyond>").match(text, end):
        return Rank(start, end, start)
    held = pattern(_HELD).search(left)
    return Rank(start, end, start - len(left) + held.start()) if held and _ENDS.match(text, end) else None


def _ordinal(text: str, offset: int, before: str, end: int, has_places: bool) -> Rank | None:
    """A number after 第, which stands at ``offset`` plus the length of ``before``; 前第 does not occur."""
    begin = offset + len(before)
    if has_places:
        return Rank(begin, end, begin)
    order = pattern(_ORDER).search(before)
    return Rank(begin, end, offset + order.start()) if order and _ENDS.match(text, end) else None
