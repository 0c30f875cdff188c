"""What a policy grants: 对新建冷库的农户给予20万元补助 measures 新建冷库的农户补助, and is a limit.

A figure is granted where a word of support stands at it, before or after; it is capped where a word of cap stands before it in a
sentence that speaks of support. The words are rows of ``number_cues.csv`` (kinds support and cap).
"""

import re

from pipeline.extract.frames import Sentence, Slot
from pipeline.extract.vocabulary import pattern

_AFTER = r"^(?:以上|以内|左右)?(?:给予|的|一次性|定额|资金|财政|后|专项)*(?P<word><support>)"
_BEFORE = r"(?P<word><support>)(?:总额|金额|标准|比例|面积|资金)?(?:给予|的|按|为|一次性|分别|各|每年|每月|最多|最高|不超过|不高于|可达|达|提高|上浮)*$"
_SPEAKS = r"<support>|支持"
_CAPPED = r"<cap>[^，。；]{0,4}$"
# The word where only 给予 is said.
_PLAIN = "补助"
# Whom a grant is for is told at most so far before its figure.
REACH = 120
_MONEY = frozenset({"CNY", "HKD", "TWD", "USD", "percent", "percentage_point"})
# 对引进的团队, 对设备投资3000万元以上的项目: whom it is for.
_FOR = re.compile(r"(?:^|[）\s])对(?P<who>[^，。；]{2,40}?)(?=的?$|(?:分别|按|一次性)?给予|按|予以|奖励)")
_JOINT = re.compile(r"^(?:以上|左右|以内)?(?:、|和|及|与)(?:不超过|最高)?$")
_ONE_OF = re.compile(r"每(?:个|家|户|艘|台|项|宗|件|名|人|所|座)")
_OF_COST = re.compile(r"按(?:照)?(?:不超过)?(?P<whole>[^，。；]{2,14}?)的?(?:不超过|最高)?$")
_EACH = re.compile(
    r"(?:^|[，。；])(?P<each>(?:单|每)(?:个|家|户|艘|台|项|宗|件|名|人)[^，。；]{0,6}?)(?:年度)?(?:最高|不超过|不高于|最多|补)"
)
_OPENED = re.compile(r"^(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、．.]|对|经|凡|新?认定的|新?引进的)+")


def support_of(slot: Slot, sentence: Sentence) -> str | None:
    """The word of support at a figure of money or a part, or at the list it stands in; None where there is none."""
    if slot.quantity.unit not in _MONEY:
        return None
    first, last = _list_ends(slot, sentence)
    return support_at(first.lead, last.tail)


def support_at(lead: str, tail: str) -> str | None:
    """The word of support that closes what stands before a figure, or opens what follows it."""
    after, before = pattern(_AFTER).match(tail), pattern(_BEFORE).search(lead)
    if after or before:
        return after["word"] if after else before["word"] if before else None
    return _PLAIN if _OF_COST.search(lead) and tail.startswith(("给予", "予以")) else None


def is_granted(slot: Slot, sentence: Sentence, binding: bool) -> bool:
    """The figure is an entitlement or a cap on one. ``binding``: the document is a policy, whose every support is one."""
    if slot.lead.endswith(("上限", "上限为", "上限是")):
        return True
    capped = pattern(_CAPPED).search(slot.lead) is not None
    if capped and pattern(_AFTER).match(slot.tail):
        return True
    if not binding:
        return False
    return support_of(slot, sentence) is not None or (capped and pattern(_SPEAKS).search(sentence.text) is not None)


def grant_of(slot: Slot, sentence: Sentence, noun: str, listed: str | None, carried: str | None) -> str | None:
    """The indicator of a granted figure; None where it has a noun of its own. ``noun``: what stands before it, trimmed;
    ``listed``: its item of a 分别 list; ``carried``: what the sentence counted before (项目6项，每项补助50万元)."""
    word = support_of(slot, sentence)
    lead = _list_ends(slot, sentence)[0].lead
    each = _EACH.search(lead) if word is None or word not in lead else None
    if word is None and each and pattern(_CAPPED).search(lead):
        at = slot.quantity.start - sentence.start
        found = pattern(r"<support>").findall(sentence.text[max(0, at - REACH) : at])
        word = found[-1] if found else None
    if word is None or not (each or _is_bare(noun, word)):
        return None
    named = listed and not pattern(r"<support>|给予").search(listed)
    who = listed if named else _whom(slot, sentence)
    if not who and carried and _ONE_OF.search(lead):
        who = carried
    cost = _OF_COST.search(lead) if slot.quantity.unit == "percent" else None
    if cost:
        return f"{who}{word}占{cost['whole']}比例"
    part = "比例" if slot.quantity.unit == "percent" else ""
    return f"{who}{each['each'] if each else ''}{word}{part}"


def _list_ends(slot: Slot, sentence: Sentence) -> tuple[Slot, Slot]:
    """First and last figure of the list a figure stands in (100万元、50万元和20万元)."""
    slots, at = sentence.slots, slot.index
    if not slots:
        return slot, slot
    first = last = at
    while first > 0 and slots[first].clause == slots[first - 1].clause and _JOINT.match(slots[first].lead):
        first -= 1
    while last + 1 < len(slots) and slots[last + 1].clause == slot.clause and _JOINT.match(slots[last + 1].lead):
        last += 1
    return slots[first], slots[last]


def _is_bare(noun: str, word: str) -> bool:
    """Nothing but verbs and the word of support stands before the figure."""
    rest = re.sub(rf"给予|一次性|最高|按|每项|每[家个户]|分别|比例|总额|标准|{word}", "", noun)
    return len(rest) < 2 or "按" in noun or "给予" in noun


def _whom(slot: Slot, sentence: Sentence) -> str:
    """Whom the text before a figure says it is for: 对… in its clause, or the nearest clause without figures."""
    full = {other.clause for other in sentence.slots if not other.quantity.borderline}
    for index in range(slot.clause, max(-1, slot.clause - 4), -1):
        text = sentence.clause_text(index)
        if index == slot.clause:
            text = text[: slot.quantity.start - slot.clause_start]
        if match := _FOR.search(text):
            return _OPENED.sub("", match["who"]).removesuffix("的")
        if index < slot.clause and index not in full and len(text) >= 3:
            return _OPENED.sub("", text.strip(" 　\n")).removesuffix("的")
    return ""
