"""Indicators of figures that compare: ranks (…全国排名), shares (…占…比重), parts of what was counted, and gaps (…与…差距)."""

import re

from pipeline.contract.late import Late
from pipeline.extract.frames import Slot
from pipeline.extract.hearing import whole_of
from pipeline.extract.measures import PART_EQUALS, Measure
from pipeline.extract.nouns import noun_after, noun_before, with_predicate
from pipeline.extract.phrases import trim_lead, trim_tail
from pipeline.extract.topics import Topic

_RANK_TAIL = Late(
    r"(?:(?:稳|仍|也|已|均|再|并|皆|首次|继续|双双|长期|一直|始终|分别|连年)?(?:居|位居|列|位列|排|排名|排在|跃居|稳居|位于|跃升至|跃升到|提升至|提升到|排到了?|排进了?|升到了?|升至|冲到|挤进|跻身|走到了?|保持|连续|历史性)+)?(?:全国|全球|世界|全省|全区|全市|全县|全州|国内|省内|区内|行业|东北|亚洲|副省级城市)?(?:同类城市|城市|省份)?(?:的)?(?:中)?(?:排名|位居|居|位列|列|位次)?(?:第|前|第前)?$"
)
_RANKED = re.compile(r"的?(?:全国|全球|世界|全省)?(?:的)?(?:排名|排位|位次)$")
_SHARE = Late(r"^(?P<part>.*?)(?:约|仅|大约)?占(?!比|地|有率|用)(?:了|到了?|去了?)?(?P<whole>[^，；。]*)$", re.S)
_GAP = Late(
    r"(?P<part>.*?)(?P<gap>(?:高于|低于|好于|快于|高出|(?<![占同环])比(?![例重]))(?P<base>[^，；。]*?))(?:高|低|多|少|快|慢|高出)?$",
    re.S,
)
_CONTRIBUTION = Late(r"对[^，。；的]{2,14}的?贡献(?:率|度)?$")
_PULL = Late(
    r"^(?P<part>.*?)(?:分别)?(?P<way>拉动|拉低|下拉|拖累|(?:拖低|推升|推高|带动|贡献|拉高)(?=了?[^，。；的]{0,8}(?:增长|成长|增速)))了?(?P<what>[^，。；]*)$",
    re.S,
)
# 金额4.8万亿元: the money of what was counted before it.
_AMOUNT = re.compile(r"^(?:总金额|总?投资金额|涉及金额|涉案金额|合同总?金额|协议总?金额|交易金额|金额|总价值|货值)$")
_MANNER_END = re.compile(r"(?:约|近|达到?|了|超过?|逾)+$")
_WHOLE_TRIM = Late(
    r"(?:的比重|比重|的比例|比例)?(?:的|在|由|从|达到?|(?:提高|提升|上升|增加|增|升|下降|降低|降)(?:到|至)|为|约|近|超过?|仅|逾|不足|接近)*$"
)
# 在全国只占0.6%, 在总量中占比: the whole stands before 占.
_AMONG = Late(r"^在?(?P<whole>全国|全省|全市|全球|世界|.{2,10}?中)的?(?:只|仅|约|大约)?(?:占比|所占比重|比重|占)?$")
_PART_AMONG = Late(r"^(?P<part>.{2,}?)在(?P<whole>[^，；。在]{2,12}?)(?:中|里|内)?(?:所|的|只|仅)?$")
_SHARE_NOUN = Late(r"(?:占比|比重|比例|份额)$")
_BARE_SHARE = re.compile(r"(?:其|所|这一|该|的)?(?:占比|占的?比[重例]|比重|比例|份额)")
# 拉动GDP增长2个百分点, 对增长的贡献率为40%: of what was spoken of.
_PULLS = re.compile(
    r"^(?:也|并|共|合计|直接|分别|可|其中|向?[上下])*(?P<pulls>(?:拉动|带动|拉低|推动|推高|影响)[^，。；]{2,}|对[^，。；]{2,14}贡献率)$"
)
# 完成预算的102%
_FULFILS = re.compile(r"^(?:完成|占|为)(?:年度|全年|年初|调整后?的?)*(?P<goal>预算|计划|目标|任务)数?(?:任务)?的$")
_PULLED = Late(r"(?:(?:拉动|带动|拉低|推动|推高|影响)[^，。；]*|对[^，。；]*贡献率)$")
_HEADLESS = Late(r"^(?P<which>[^，；。]{2,})的$")


def rank_of(lead: str, measure: Measure, topic: Topic) -> str | None:
    """The noun that is ranked, and among whom; updates ``topic``."""
    if measure.reference and measure.reference in lead:
        lead = lead[: lead.index(measure.reference)].removesuffix("在")
    noun, _ = noun_before(_RANK_TAIL.sub("", lead))
    if len(noun) >= 2:
        topic.noun = noun
    base = noun if len(noun) >= 2 else topic.carried
    if base is None:
        return None
    among = measure.reference or ("全国" if "全国排名" in base else "")
    return f"{_RANKED.sub('', base)}{among}排名"


# 占全省的5%、全国的2%
_ANOTHER_WHOLE = Late(r"^[\s　、和及与，]*([^，。；占、]{2,10}的(?:约|近|超过?)?)$")


def share_of(lead: str, topic: Topic) -> str | None:
    """Part and whole of a share; updates ``topic``."""
    match = _SHARE.match(_ANOTHER_WHOLE.sub(r"占\1", lead))
    if match:
        return _with_whole(match, topic)
    noun, _ = noun_before(lead)
    noun = noun.removeprefix("所占")
    if among := _AMONG.match(noun):
        return f"{topic.carried or ''}占{among['whole'].removesuffix('中')}比重"
    if not noun and topic.parent:
        return topic.parent
    if noun in {"占比", "比重", "比例", "份额", "市场份额", ""}:
        carried = topic.carried or ""
        return carried if not noun and _SHARE_NOUN.search(carried) else f"{carried}{noun or '占比'}"
    topic.noun = noun
    return noun


def _with_whole(match: re.Match[str], topic: Topic) -> str:
    """A占B的N%, A在B中占N%, 在B中占N%, B中，A占N%."""
    among = _AMONG.match(match["part"].strip("，、 "))
    if among and topic.carried:
        return f"{topic.carried}占{among['whole'].removesuffix('中')}比重"
    whole = _WHOLE_TRIM.sub("", match["whole"]).strip()
    part = match["part"]
    if not whole and (inside := _PART_AMONG.match(part.strip("，、 "))):
        part, whole = inside["part"], inside["whole"]
    standing = whole_of(part)
    if standing and not whole:
        part, whole = standing[1], standing[0]
    elif not whole and topic.among:
        whole = topic.among
    elif not whole and re.search(r"[其当]中", part) and topic.carried:
        whole = topic.carried
    if whole and (headless := _HEADLESS.match(part.strip("，、 "))):
        return f"{headless['which']}的{whole}占比"
    noun, _ = noun_before(part)
    if len(noun) >= 2:
        topic.noun = noun
    base = noun if len(noun) >= 2 else topic.part or topic.carried or ""
    if topic.part and not whole and len(noun) < 2:
        whole = topic.whole or ""
    if _SHARE_NOUN.search(base):
        return base
    if whole.endswith("份额"):
        return f"{base}{whole}"
    share = f"{base}占{whole}比重" if whole else f"{base}占比"
    topic.parent = share
    return share


def pull_of(lead: str, topic: Topic) -> str | None:
    """Who pulls what (第一产业投资拉低投资增速); None where nothing is pulled."""
    match = _PULL.match(lead)
    if match is None:
        return None
    noun = noun_before(match["part"])[0]
    if len(noun) >= 2:
        topic.noun = noun
    base = _CONTRIBUTION.sub("", noun if len(noun) >= 2 else topic.carried or "")
    return f"{base}{match['way']}{_MANNER_END.sub('', match['what'])}" if base else None


def gap_of(lead: str, measure: Measure, topic: Topic) -> str | None:
    """The noun and what it is measured against; updates ``topic``."""
    match = _GAP.match(lead)
    noun = noun_before(match["part"])[0] if match else ""
    if len(noun) >= 2:
        topic.noun = noun
    base = noun if len(noun) >= 2 else topic.parent or topic.carried or ""
    if topic.grew and len(noun) < 2 and not base.endswith(("率", "速", "度")):
        base += "增速"
    if match and match["gap"].startswith(("比", "较")):
        return f"{base}与{match['base']}差距"
    return f"{base}{trim_tail(match['gap'] if match else '')[0]}" or None


def bare_share_of(lead: str, topic: Topic) -> str | None:
    """The full name of a share that goes on (占渔户的78%，占比提高4个百分点); None where the words are no bare share."""
    noun = noun_before(lead)[0]
    if not _BARE_SHARE.fullmatch(noun):
        return None
    if topic.parent:
        return topic.parent
    return f"{topic.carried}占比" if topic.carried else None


def contribution_of(lead: str, unit: str, topic: Topic) -> str | None:
    """What a noun spoken of before adds to another (拉动GDP增长2个百分点); None where the clause tells no such thing."""
    if unit == "count":
        return None
    lead = lead.strip(" 　，,、")
    if unit == "percent" and (goal := _FULFILS.match(lead)) and topic.carried:
        return f"{topic.carried}完成{goal['goal']}比重"
    match = _PULLS.match(trim_tail(lead)[0])
    if not match or (unit == "percent") != match["pulls"].startswith("对"):
        return None
    base = _PULLED.sub("", topic.part or topic.carried or "")
    if not base:
        return None
    return base + match["pulls"] + ("增长" if unit == "percentage_point" else "")


def part_of(slot: Slot, topic: Topic) -> str | None:
    """七成受访企业预期人手不变 measures those among them; 近一半是返乡青年 measures them among what was spoken of."""
    noun, predicate = noun_after(slot)
    if slot.tail.startswith("是") and topic.carried:
        return f"{noun}占{topic.carried}比重"
    return f"{with_predicate(noun, predicate)}占比"


def among_of(lead: str, slot: Slot) -> str:
    """盈余中近四成用于派发: the part of the whole, by what is done with it."""
    whole = re.sub(r"(?:当|之)?中$", "", trim_tail(lead)[0])
    done = re.split(r"[，。；、]", slot.tail)[0][:12]
    return f"{trim_lead(whole)}中{done}比例"


def stated_part(slot: Slot, measure: Measure, carried: str | None) -> str | None:
    """透支额2亿元，相当于应收账总额的3% is a share of the whole named; 持股12%的子公司 a stake in what follows."""
    if measure.rule == "equals_part" and carried and (whole := PART_EQUALS.search(slot.lead)):
        return f"{carried}占{whole['whole']}比重"
    if measure.rule == "stake" and slot.tail.startswith("的"):
        return f"{re.split(r'[，。；、]', slot.tail[1:])[0][:14]}持股"
    return None


def of_counted(before: str, topic: Topic) -> str:
    """签约项目68个，总金额80亿元: the money is that of what the sentence counted."""
    if _AMOUNT.match(before) and topic.noun and not topic.noun.endswith(before):
        return topic.noun + before
    return before


def in_a_row(slot: Slot, lead: str, topic: Topic) -> str:
    """连续24个月保持增长: the noun, and what goes on."""
    noun, _ = noun_before(re.sub(r"连续第?$", "", lead))
    base = noun or topic.carried or ""
    if noun:
        topic.tell(noun, slot.quantity.unit)
    counted = {"year": "年数", "month": "月数"}.get(slot.quantity.unit, "季度数")
    return f"{base}连续{re.split(r'[、，；。]', slot.tail)[0][:16]}{counted}"
