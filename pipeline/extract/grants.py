"""What a policy grants: 对新建冷库的农户给予20万元补助 measures 新建冷库的农户补助, and is a limit.

A figure is granted where a word of support stands at it, before or after; it is capped where a word of cap stands before it in a
sentence that speaks of support. The words are rows of ``number_cues.csv`` (kinds support and cap).
"""

import re
from functools import lru_cache
from itertools import pairwise

from pipeline.contract.late import Late
from pipeline.extract.frames import Sentence, Slot
from pipeline.extract.phrases import split_list
from pipeline.extract.vocabulary import pattern

_AFTER = r"^(?:以上|以内|左右)?(?:的?标准)?(?:给予|予以|的|一次性|定额|资金|财政|后|专项|进行|实施|兑现)*(?P<word><support>|支持(?![下的力度]))"
# 20万元租房补贴: what the money is for stands between.
_NAMED_AFTER = r"^(?:以内)?的?(?P<word>(?!给|予|用|作|等|获)[\u4e00-\u9fff]{2,6}?(?<![给予于为得])<support>)"
_BEFORE = r"(?P<word><support>)(?:企业|单位|个人|团队|主体|申报单位|项目单位|农户|获奖者|每[家户人个])?(?:总额|金额|标准|比例|面积|资金|额度)?(?:给予|的|按|为|一次性|分别|各|每年|每月|最多|最高|不超过|不高于|可达|达|提高|上浮)*$"
_SPEAKS = r"<support>|支持|享受|申领|申请"
_GRANTS = r"(?:给予|予以|可获得?|享受|按|一次性|每[家户人个项])[^，。；]{0,16}?<support>|<support>(?:标准|金额|比例|期限)?[^，。；]{0,4}(?:\d|最高|不超过)|享受|申领"
_GRANTED = r"<support>|享受|申领"
_CAPPED = r"<cap>[^，。；]{0,4}$"
# 补助金额为投资额的10%
_PART_OF_COST = r"(?P<word><support>)(?:总额|金额|标准|资金|额度)?(?:为|是|按照?|不超过|不高于|最高|最多)+(?P<whole>[^，。；\d]{2,14}?)的$"
# 按合同金额30%、最高20万元给予补助
_GIVEN = ("给予", "予以", "、最高", "、不超过", "、最多", "、单个", "的标准给予", "的比例给予", "比例给予", "标准给予")
# The word where only 给予 is said.
_PLAIN = "补助"
# Whom a grant is for is told at most so far before its figure.
REACH = 120
_MONEY = frozenset({"CNY", "HKD", "TWD", "USD", "percent", "percentage_point"})
# 对引进的团队, 对设备投资3000万元以上的项目: whom it is for.
_FOR = Late(r"(?:^|[）\s])对(?P<who>[^，。；]{2,40}?)(?=的?$|(?:分别|按|一次性)?给予|按|予以|奖励)")
_JOINT = Late(r"^(?:以上|左右|以内)?(?:、|和|及|与)(?:不超过|最高)?$")
# 首次突破1亿元、5亿元的企业: the tiers of what is granted for each.
_TIER_JOINT = Late(r"^(?:以上|及以上|的)?(?:、|和|及|与|或)$")
_GRADE = r"(?:国家级|省级|市级|县级|区级|世界级|国际级|[特一二三]等奖|[一二三四五]星级?|[1-5]A级|[甲乙丙一二三]级|[金银铜]奖|[ⅠⅡⅢⅣ一二三四]期|[ABCD]轮)"
_GRADES = Late(rf"{_GRADE}(?:[、和及或]{_GRADE})+")
# 展位费按80%予以补助
_BY_PART = Late(r"(?:^|[，。；])(?P<what>[^，。；对]{2,12}?)按(?:照)?(?:不超过|最高)?$")
# Parties and projects close the clause that tells whom a grant is for, thresholds and all.
_PARTY_END = Late(r"(?:企业|单位|机构|项目|主体|个人|人才|团队|平台|农户|合作社|农场|基地|园区|院所|高校|的)$")
_GETS = Late(r"(?:可以?|能|将)?(?:获得|享受|申请|申领|得到|给予|予以).*$")
_ONE_OF = Late(r"每(?:个|家|户|艘|台|项|宗|件|名|人|所|座)")
_OF_COST = re.compile(r"按(?:照)?(?:不超过)?(?P<whole>[^，。；]{2,14}?)的?(?:不超过|最高)?$")
_EACH = Late(
    r"(?:^|[，。；\s])(?P<each>(?:单|每)(?:个|家|户|艘|台|项|宗|件|名|人)[^，。；]{0,6}?)(?:年度)?(?:最高|不超过|不高于|最多|补)"
)
# 奖励, 专项补助; a longer word tells what the money is for.
_LONGEST_WORD = 4
# Beyond, the costs of which a part is paid, or 单个企业, tell enough.
_LONGEST_WHO = 12
_BEARER = re.compile(r"^承担(?P<what>[^，；]{2,}?)的(?:主体|单位|企业|机构)$")
_VOUCHER = Late(r"^(?:以内)?的?(?P<noun>[\u4e00-\u9fff]{1,8}[券票])")
_OPENED = Late(
    r"^(?:第[一二三四五六七八九十百\d]{1,4}条|[\s　]|[（(]?[一二三四五六七八九十\d]{1,3}[）)、．.]|对于?|经|(?:上一?|当|本)年度?|凡|首次|(?:被|新)?(?:评为|获评|获批|获得|认定为|评定为)|新?认定的|新?引进的)+"
)
# Caps that name nothing: 年度最高, 累计不超过.
_NO_NOUN = Late(r"年度|每年|全年|每[次人家户件个项]|累计|总额|金额|合计|最长|单笔|额度|原则上|补|奖")


def support_of(slot: Slot, sentence: Sentence) -> str | None:
    """The word of support at a figure of money or a part, or at the list it stands in; None where there is none."""
    if slot.quantity.unit not in _MONEY:
        return None
    first, last = _list_ends(slot, sentence)
    if told := support_at(first.lead, last.tail):
        return told
    named = pattern(_NAMED_AFTER).match(last.tail) if slot.quantity.unit != "percent" else None
    return named["word"] if named else None


# Kept: measure, statement and indicator of a figure ask in turn.
@lru_cache(maxsize=256)
def support_at(lead: str, tail: str) -> str | None:
    """The word of support that closes what stands before a figure, or opens what follows it."""
    if after := pattern(_AFTER).match(tail):
        return str(after["word"])
    if pattern("<support>").search(lead):  # few leads hold such a word; the patterns below try every character
        if before := pattern(_BEFORE).search(lead):
            return str(before["word"])
        if part := pattern(_PART_OF_COST).search(lead):
            return str(part["word"])
    return _PLAIN if _OF_COST.search(lead) and tail.startswith(_GIVEN) else None


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


def tells_grant(sentence: Sentence) -> bool:
    """The sentence of a policy grants something: its other figures are thresholds and terms."""
    return _grants(sentence.text)


@lru_cache(maxsize=16)
def _grants(text: str) -> bool:
    """Kept: every figure of a sentence asks. Few sentences hold a word of support, and the long pattern tries every character."""
    return pattern(_GRANTED).search(text) is not None and pattern(_GRANTS).search(text) is not None


def grant_of(slot: Slot, sentence: Sentence, noun: str, listed: str | None, carried: str | None) -> str | None:
    """The indicator of a granted figure; None where it has a noun of its own. ``noun``: what stands before it, trimmed;
    ``listed``: its item of a 分别 list; ``carried``: what the sentence counted before (项目6项，每项补助50万元)."""
    word = support_of(slot, sentence)
    first, last = _list_ends(slot, sentence)
    lead = first.lead
    capped = pattern(_CAPPED).search(lead) is not None
    if word is None and not capped:
        return None
    each = _EACH.search(lead) if word is None or word not in lead else None
    if word is None and each and capped and (voucher := _VOUCHER.match(last.tail)):
        return f"{each['each']}{voucher['noun']}"
    if word is None and capped and (each or len(_NO_NOUN.sub("", noun)) < 2 or _PARTY_END.search(noun)):
        at = slot.quantity.start - sentence.start
        found = pattern(r"<support>").findall(sentence.text[max(0, at - REACH) : at])
        word, noun = found[-1] if found else None, ""
    of_cost = slot.quantity.unit == "percent" and (_OF_COST.search(lead) or pattern(_PART_OF_COST).search(lead))
    if word is None or not (each or of_cost or _is_bare(noun, word)):
        return None
    if (what := _BY_PART.search(lead)) and slot.quantity.unit == "percent":
        return f"{_OPENED.sub('', what['what'])}{word}比例"
    named = listed and not pattern(r"<support>|给予").search(listed)
    who = _tier(slot, sentence, first, last) or (listed if named and listed else _whom(slot, sentence, word))
    if not who and carried and _ONE_OF.search(lead):
        who = carried
    who = who.removesuffix(word)
    if of_cost:
        return f"{who if len(who) <= _LONGEST_WHO else ''}{word}占{of_cost['whole']}比例"
    part = "比例" if slot.quantity.unit == "percent" else ""
    if each and len(who) > _LONGEST_WHO:
        who = ""
    told = each["each"] if each else ""
    return f"{who}{told}{'' if word in told else word}{part}"


def _tier(slot: Slot, sentence: Sentence, first: Slot, last: Slot) -> str:
    """Whom the item of a list is for, where as many thresholds or grades stand before it: 首次突破5亿元的企业."""
    slots, count = sentence.slots, last.position - first.position + 1
    at = slot.position - first.position
    if count < 2:
        return ""
    begun = first.position
    while begun > 0 and slots[begun - 1].clause >= first.clause - 1 and first.position - begun < count:
        begun -= 1
    tiers = slots[begun : first.position]
    text, start = sentence.text, sentence.start
    gaps = [text[one.quantity.end - start : two.quantity.start - start] for one, two in pairwise(tiers)]
    if len(tiers) == count and len({tier.clause for tier in tiers}) == 1 and all(map(_TIER_JOINT.match, gaps)):
        told = tiers[0], tiers[-1], tiers[at]
        before = text[told[0].clause_start - start : told[0].quantity.start - start]
        after = text[told[1].quantity.end - start : min(told[1].clause_end, first.quantity.start) - start]
        return _named(before + text[told[2].quantity.start - start : told[2].quantity.end - start] + after)
    who = _whom(slot, sentence, "")
    grades = _GRADES.search(who)
    parts = re.split("[、和及或]", grades[0]) if grades else []
    if grades and len(parts) == count:
        return who.replace(grades[0], parts[at], 1)
    listed = split_list(who, count)
    return listed[at] if listed and min(map(len, listed)) > 2 else ""


def _named(text: str) -> str:
    """A clause that tells whom a grant is for, without its opening and without what he gets."""
    who = re.sub(r"^的|(?:的|[，、]|分别)+$", "", _GETS.sub("", _OPENED.sub("", text.strip(" 　\n"))))
    bearer = _BEARER.match(who)
    return bearer["what"] if bearer else who


def _list_ends(slot: Slot, sentence: Sentence) -> tuple[Slot, Slot]:
    """First and last figure of the list a figure stands in (100万元、50万元和20万元)."""
    slots, at = sentence.slots, slot.position
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


def _whom(slot: Slot, sentence: Sentence, word: str) -> str:
    """Whom the text before a figure says it is for: 对… in its clause, or the nearest clause without figures, or with
    thresholds. What the money is for, told in the ``word`` itself, needs only the former."""
    full = {other.clause for other in sentence.slots if not other.quantity.borderline}
    for index in range(slot.clause, max(-1, slot.clause - 4), -1):
        text = sentence.clause_text(index)
        if index == slot.clause:
            text = text[: slot.quantity.start - slot.clause_start]
        if match := _FOR.search(text):
            return _named(match["who"])
        told = index not in full or _PARTY_END.search(text) is not None
        if index < slot.clause and told and len(text) >= 3 and len(word) <= _LONGEST_WORD:
            return _named(text)
    return ""
