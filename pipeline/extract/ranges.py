"""Two numbers that are the ends of a range: 15—20个, 3～5, 4到6个, 三到五年, 15%—20%, 2—3万套.

The scale of the second governs both unless the first is the larger (2—3万 is 20000 to 30000, 5000—1万 is 5000 to 10000).
从5个到8个 is no range but a change from one value to another.
"""

import re
from decimal import Decimal

from pipeline.contract.late import Late
from pipeline.extract.items import Item, scaled

_JOINT = Late(r"[ ]?(?:——|[—–\-－~～〜−至到])[ ]?")
_FROM = re.compile(r"[从由自][^，。；\n]{0,10}$")
# 由1%上调至2%至3%: what it moves from has been told.
_TAKEN = Late(r"[\d一二三四五六七八九十][%％万亿成]")
# 由2%至3%上调至3.5%: a range that is moved on to another figure.
_MOVED_ON = Late(
    r"[ ]?的?[^，。；、\d\n]{0,8}(?:[上下]?(?:调|修|升|降|移|增|减)|修订|修正|提高|提升|下降|收窄|扩大)[^，。；、\d\n]{0,4}[至到为][约近]?\d"
)


def range_ends(text: str, first: Item, second: Item) -> tuple[Decimal, Decimal] | None:
    """Low and high in the base unit; None where the two are no range."""
    if first.rank or second.rank or second.unit is None or first.numeral.value is None or second.numeral.value is None:
        return None
    explicit = first.unit is not None and first.unit.kind != "implied"
    if explicit and first.unit and first.unit.surface != second.unit.surface:
        return None
    joint = second.start - first.end <= 4 and _JOINT.fullmatch(text, first.end, second.start)
    begun = _FROM.search(text[max(0, first.start - 14) : first.start])
    moved = joint and joint[0].strip() in "至到" and begun and not _TAKEN.search(begun[0])
    if not joint or (moved and not _MOVED_ON.match(text, second.end)):
        return None
    low = first.numeral.value
    one, two = first.numeral, second.numeral
    if (
        not explicit
        and one.scale == 1
        and one.mantissa is not None
        and two.mantissa is not None
        and one.mantissa < two.mantissa
    ):
        low *= two.scale
    ends = scaled(second, low), scaled(second, two.value or Decimal(0))
    return ends if ends[0] < ends[1] else None
