"""Numbers of a list that share a unit: 3.4个、1.8个百分点; 0.2、0.4和0.9个百分点; 3.1%、4.2%和5.0% under one cue."""

import re
from dataclasses import replace

from pipeline.extract.items import Item

_JOINT = re.compile(r"[ ]?(?:、|和|与|及|以及|或|/)[ ]?")


def joined(text: str, start: int, end: int) -> bool:
    """Whether only the joint of a list stands between two numbers."""
    return end - start <= 4 and _JOINT.fullmatch(text, start, end) is not None


def share_units(text: str, items: list[Item]) -> list[Item]:
    """Items whose unit stands only behind a later item of the same list get it; read from right to left in one pass."""
    shared = list(items)
    for at in range(len(items) - 2, -1, -1):
        item, following = shared[at], shared[at + 1]
        if item.rank or item.numeral.fault or item.numeral.form not in ("arabic", "mixed"):
            continue
        unit = following.unit
        if unit is None or unit.kind in ("implied", "index", "share") or not joined(text, item.end, following.start):
            continue
        elided = item.unit is not None and item.unit.surface == "个" and unit.unit == "percentage_point"
        if item.unit is None or item.unit.kind in ("implied", "index") or elided:
            shared[at] = replace(item, unit=unit, reach=max(following.reach, following.end))
    return shared
