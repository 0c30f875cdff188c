"""Numbers of a list that share a unit: 3.4个、1.8个百分点; 0.2、0.4和0.9个百分点; 3.1%、4.2%和5.0% under one cue."""

import re

from pipeline.contract.late import Late
from pipeline.extract.items import Item

_NEAR = 32
_HAS = Late(r"(?:就?有|也有|达到?|超过?|近|约|卖了|卖出)(?:近|约|超过?)?$")
_PEOPLE = Late(r"人口|用户|网民|人数|人次|观众|粉丝|播放|点击|阅读|客流|产量|销量")
_ENDS = Late(r"[，。；,;！？!?]|$")
_JOINT = re.compile(r"[ ]?(?:、|和|与|及|以及|或|/)[ ]?")


def joined(text: str, start: int, end: int) -> bool:
    """Whether only the joint of a list stands between two numbers."""
    return end - start <= 4 and _JOINT.fullmatch(text, start, end) is not None


def _elided_money(text: str, items: list[Item]) -> list[Item]:
    """Spoken 就有两百多亿 soon after money in 亿 is money too, whatever shares stand between."""
    told = list(items)
    money: Item | None = None
    for at, item in enumerate(items):
        if item.unit is not None or item.rank is not None:
            if item.unit is None or item.unit.unit not in ("percent", "percentage_point"):
                money = item if item.unit and item.unit.unit == "CNY" and "亿" in text[item.start : item.end] else None
            continue
        near = money is not None and item.start - money.end <= _NEAR and "亿" in text[item.start : item.end]
        other = money is not None and _PEOPLE.search(text, money.end, item.start)
        if (
            money
            and money.unit
            and near
            and not other
            and _HAS.search(text, money.end, item.start)
            and _ENDS.match(text, item.end)
        ):
            unit = money.unit._replace(start=item.end, end=item.end, near_start=item.end, near_end=item.end)
            told[at] = item._replace(unit=unit, reading_start=money.start)
    return told


def share_units(text: str, items: list[Item]) -> list[Item]:
    """Items whose unit stands only behind a later item of the same list get it; read from right to left in one pass."""
    if len(items) < 2:
        return items
    shared = _elided_money(text, items)
    for at in range(len(items) - 2, -1, -1):
        item, following = shared[at], shared[at + 1]
        if item.rank or item.numeral.fault or item.numeral.form not in ("arabic", "mixed"):
            continue
        unit = following.unit
        if unit is None or unit.kind in ("implied", "index", "share") or not joined(text, item.end, following.start):
            continue
        elided = item.unit is not None and item.unit.surface == "个" and unit.unit == "percentage_point"
        if item.unit is None or item.unit.kind in ("implied", "index") or elided:
            shared[at] = item._replace(unit=unit, reach=max(following.reach, following.end))
    return shared
