"""Parts told in their order behind one another: 渔具的销量上升3%。其次为纸伞（上升2%）; 订单以日本3亿元居冠.

Only the first names what is measured; the others name themselves.
"""

from pipeline.contract.late import Late
from pipeline.extract.frames import Sentence, Slot
from pipeline.extract.phrases import head_in, head_of, trim_lead

_NEXT = Late(r"^[\s　]*(?:其[次后](?:依[次序])?|再者?|第二|紧随其后的?)(?:则|便|就)?(?:是|为)|^[\s　]*(?:特别|尤其)是")
_ITEM = Late(
    r"^[\s　；;，,、]*(?:以及|其[次后](?:依[次序])?(?:则|便|就)?(?:是|为)|(?:特别|尤其)是|再者?[是为]|和|及|与)?(?P<who>[^（(，。；]{2,24})[（(](?P<inside>[^（()）]{0,12})$"
)
_FIRST = Late(r"^[\s　、]*(?:其中|主要)?以(?P<who>[^，。；、的]{2,12})$")
_FOREMOST = Late(
    r"^(?:左右|多)?[，、]?(?:[居称夺][冠首次]|占?最[多高大]|为最|居多|拔得头筹|排名?第|[居占位列排]+第|为主|为首)"
)
_MOVE = Late(r"(?:按[年季月]|同比|年)?(?:上升|下跌|下降|增加|减少|增长|升|跌|增|减)(?:约|逾|近|超过?)?$|[+＋－-]$")


def ranked_part(slot: Slot, sentence: Sentence, kin: str | None, spoken: str | None) -> str | None:
    """The name of a part with what its first measures; None where the figure belongs to no such order. ``kin``: the noun that the
    sentence before measured of the first; ``spoken``: what the sentence speaks of (主要订单来源)."""
    if slot.first and "以" in slot.lead and (first := _FIRST.match(slot.lead)) and _FOREMOST.match(slot.tail):
        head = head_in(spoken or "") or kin
        return first["who"] + head if head and head_of(first["who"]) is None else None
    match = _ITEM.match(slot.lead.lstrip("）)")) if "（" in slot.lead or "(" in slot.lead else None
    if match is None:
        return None
    inside = _MOVE.sub("", match["inside"])
    who = match["who"].strip(" 　")
    if head_of(who) is not None:
        return None
    if inside:  # 纸伞（销量上升3%）
        return trim_lead(who) + inside if head_of(inside) == inside else None
    return who + kin if kin and _NEXT.match(sentence.text) else None
