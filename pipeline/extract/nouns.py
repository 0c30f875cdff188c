"""The noun a figure counts: before the number (5G基站14万座), or after it with its predicate (48个工程入选试点)."""

import re
from functools import lru_cache

from pipeline.contract.late import Late
from pipeline.extract.frames import Sentence, Slot, strip_brackets
from pipeline.extract.pairs import moves_on
from pipeline.extract.phrases import event_at, head_of, opens_with_event, relative_at, trim_lead, trim_tail

_AFTER_BOUND = re.compile(r"^(?:以上|以下|以内|以外|左右|上下|之多|多|余|的)+")
_BOUND = re.compile(r"^(?:以上|以下|以内|左右|上下)")
_NOT_NOUN = Late(
    r"^最[高低多少大小](?=[，,。；、]|$)"
    r"|^(?:按[年季月]|实际|实质|名义)?(?:[增升跌减降涨]幅|[升跌]势|(?:增长|成长)(?:$|[，,。；;、]))"
    r"|^(?:同比|环比)?(?:提高|提升|增加|增长|减少|上升|下降|下滑|上涨|下跌|回升|回落|微升|微降|不变|多|少)?[至到]?(?:约|近|了|逾|超过?)*$"
    r"|^(?:的?新?(?:的)?台阶|大关|关口|目标|水平|规模(?!以上|化|养|经营|企业|工业|种植|较大)|也|都(?!市)|均(?!衡)|则|仍|还|正在|陆续|已|[之以]?后(?=[，,。；、]|$)|(?:双双?|齐|同步?|再|续|皆|全数?|并)*(?:[创写刷改]下?|刷新|改写|缔造)(?=[^，。；]{0,8}[高低录佳])|[并再]?(?:居|称|夺)[冠首次])|^[、，,；;：:。.…！？!?）)\s」』]|^(?:和|及|与|以及|或|且|并(?![购网联行]))"
    r"|^(?:一马当先|紧随其后|遥遥领先|名列前茅|一枝独秀|拔得?头筹|独占鳌头)"
    r"|^(?:提高|提升|增加|增长|扩大|上升|下降|减少|压缩|缩短|恢复|跃升|发展|降低|增|升|降|退|落)(?:到|至|为)"
)
# 出游人次8万县文旅局数据显示: headline and text run together.
_TOLD_AFTER = Late(
    r"(?:数据|统计|信息|资料|结果)(?:显示|表明)$|(?:获悉|了解到)$|[局部厅署办委会行院](?:今天|今日|昨天|近日|日前)(?:对外)?(?:通报|公布|发布|披露|介绍)$"
)
# 11个省份同比均下降, 6个行业增幅收窄
_PLACES_MOVED = re.compile(
    r"^(?P<noun>市|县区?|区|省份|省区市|省市区|省市|省区|省|地区|城市|地市|市州|市县|县区|区县|县市|行业|大类行业|行业大类|国家|口岸)(?:同比|环比|均|都|全部|也|则|进出口|出口|进口|实现|保持)*"
    r"(?P<says>(?:增长|下降|上升|回升|回落|上涨|下跌|[由从][增负正降]|(?:降|增|涨|跌)[幅速]|(?<=[都均])有了?)[^，。；、]{0,10})$"
)
_LISTED_FIRM = re.compile(r"^已(?=上市[\u4e00-\u9fff]{2})")
# 14家公司、深市21家公司: what stands behind the comma tells of the next figure.
_NEXT_PLACE = Late(r"^(?P<noun>[\u4e00-\u9fff]{1,8})[、，][\u4e00-\u9fff]{2,8}$(?<![和与及])")
# 900家企业参展
_CLOSING = Late(
    r"^(?P<noun>[^，；。的参]{2,10}?)(?:报名|确认|到场|同台|集中|首次)?(?:参展|参会|参赛|参训|参评|亮相|到会|返乡|报名|进出|往来|通行)[了]?$"
)
# A bracket that opens behind the figure and holds another (12亿元（占3%）): its words are not the noun.
_OPENED = re.compile(r"[（(\[〔【]")
_IS = re.compile(r"^(?:是|为|属于)(?=[\u4e00-\u9fff“]{2})")
_JOIN_END = Late(
    r"(?:、|，|,|和|及|与|以及|(?<![签合节公条])约|近|超过?|分别|各|也|都(?<!首都)(?<!成都)|均(?<!平均)(?<!人均))+$"
)
_AMONG_END = Late(r"(?<=[\u4e00-\u9fff]{2})(?<![集其高初空途])中$")
# 300家零售企业销售额增长6.1%: the firms are counted, their sales grow.
_OWNER = Late(r"^(?P<owner>[^，；。、的]{2,}?(?:企业|单位|机构|园区|项目|学校|医院))[\u4e00-\u9fff]{2,}$")
# 技术领先、服务优良的骨干企业: praise in several parts, or of what they have.
_DESCRIBED = Late(
    r"^(?:[^，；。“]{3,}[、][^，；。“]{3,}|(?:具有|具备|拥有|富有)[^，；。“]{6,})的(?P<noun>[\u4e00-\u9fff]{4,14})$"
)
# 3家渔业企业的养殖户总数达15万户: the firms are counted, the figure behind is of what they have.
# 增速加快0.3个百分点, 实际增长6%, 同比多增50亿元: of what was spoken of.
_MERE_GROWTH = re.compile(
    r"(?:同比|环比|名义|实际|累计|当月|当季|其中)*(?:(?:增速|增幅|涨幅|降幅|跌幅)(?:[加放收回扩提减][快缓窄落大高慢])?|[多少][增减]|名义|实际)"
)
# 利润由上年同期下降5%转为增长2%, 投资由负转正: what it moved from is no part of the noun.
_FROM_EARLIER = Late(
    r"(?:同比|环比|增速)*(?:[由从](?:上年|去年|上月|上季度?|年初)(?:同期|同月|全年)?(?:的|上升|下降|增长|上涨|回落|下跌)*|由[负正降增跌涨升][转变](?:为)?[正负增降升涨跌](?:增长)?)$"
)
# 比去年同期的3100亿元: the figure compared with has the noun of the figure before it.
_OF_BASE = Late(r"(?:比|较)(?:去年|上年|前年|上月|上季度?|\d{4}年)(?:同期|同月|同季|[底末])?的(?:约|近)?$")
_THIS_FIGURE = re.compile(
    r"^[\s　]*(?:今年|去年|明年|目前|如今)?(?:这一|这个|该|上述|此)(?:数字|数据|指标|数值|数量)(?:也|将|则|已)*$"
)
_POSSESSOR = Late(
    r"^(?P<owner>[^，；。、的]{2,12}(?:企业|公司|单位|机构|园区|学校|医院|银行|集团))的(?=[\u4e00-\u9fff]{2})"
)
_CAUSE = Late(
    r"(?<=[\u4e00-\u9fff]{2})(?:则|也|仍|亦|主要)*(?:(?<![原基成诱])因为?(?![素应子此])|受惠于|受益于|由于|(?<![享接承感蒙难])受)[^，；。、]{2,}?(?:而(?=[\u4e00-\u9fff]*$)|(?:影响|带动|推动|拉动|激励|挹注|拖累)(?:下|之下)?(?=[年月季增减上下成衰大微小略]))"
)
_CAUSE_WORD = re.compile(r"[因受由]")
_COUNTED = re.compile(r"[\d一二三四五六七八九十两][大家个所](?=[\u4e00-\u9fff])")
_ENUMERATED = Late(r"^[^，；。“]*、[^，；。“]*等(?P<rest>[\u4e00-\u9fff]{4,})$")
_HAVE_LISTED = Late(r"^(?P<which>[^，；。]{3,}?)的(?:分别)?(?:有|是|包括)[^，；。]*(?:、|等)[^，；。]*$")
_SCOPE_INSIDE = re.compile(r"(?<=[\u4e00-\u9fff])(?:全省|全市|我省|我市)(?!.*平台)")
# 信息领域 in 企业在信息领域已培育.
_FIELD_AFTER = Late(r"^(?P<noun>[^，；。在]{3,})在(?P<field>[^，；。在、]{2,10}?(?:领域|行业|产业))(?:中|内|里|上)?$")
# 光伏产业建成硅料产能: the object is measured; a bare head (产值) keeps whose it is.
_DOES = re.compile(
    r"^(?P<who>[^，；。、的“]{2,12}?(?:业|园区|地区))(?:已|共|累计|全年)*(?:建成|形成|实现|完成|拥有)(?:了)?(?P<object>[\u4e00-\u9fff]{2,14})$"
)
# 养殖业在2022年要实现营业收入: time and modal between noun and head.
_INNER_TIME = Late(
    r"(?<=[\u4e00-\u9fff]{2})(?:在|到)?(?:(?:\d{4}|1[01]\d)年度?(?:第[一二三四1-4]季度?|[上下]半年|前[一二三]季度?|[首前]?\d{1,2}个?月份?)?|今年|去年|明年|年内|第[一二三四1-4]季度?)(?:要|将|力争|应)*(?:实现|完成|达到)?(?=[\u4e00-\u9fff]{2})"
)
_YEAR_OR_SEASON = re.compile("[年季月]")
_BARE_SPAN = re.compile(
    r"(?:近|这|过去|这个)?(?:\d{1,2}|[一二两三四五六七八九十]{1,2})(?:年|个月|天)(?:来|间|里|内|时间)?"
)
# 甲港、乙港共办理手续: who did it, and how often together.
_AGENT = Late(
    r"^[^，；。“的]{2,12}?(?:一共|总共|共|累计)(?=(?:处理|办理|受理|接待|发送|运送|运输|签约|签订|查处|查获|交付|投放|发放|举办|承运|验核|验放)[\u4e00-\u9fff]{2})"
)
_BY = Late(r"(?<=[额量值率数入资积])以$")  # 产值以24亿元居首
_GROWN_AFTER = Late(
    r"的(?P<noun>(?!同比|环比|平均|较快|年均)[\u4e00-\u9fffA-Za-z]{2,8}?)(?:同比|实际|名义)?(?:增速|增幅|涨幅|增长率)"
)
_GRADE = Late(r"(?:国家|省|市|县|世界|区域|国际)级")
_LIST_JOINT = Late(r"(?:、|和|及|与)$")
PERCENTS = frozenset({"percent", "percentage_point", "per_mille", "multiple"})


@lru_cache(maxsize=4096)
def noun_before(lead: str) -> tuple[str, bool]:
    """The noun phrase that ends before the figure, and whether 年均 stood in it."""
    # A word that a pattern needs is looked for first: most leads hold none, and the patterns try every character.
    lead = _FROM_EARLIER.sub("", lead) if "由" in lead or "从" in lead else lead
    lead = _OF_BASE.sub("", lead) if "比" in lead or "较" in lead else lead
    text, yearly = trim_tail(lead)
    if _THIS_FIGURE.match(text):
        return "", yearly
    if text.endswith("以"):
        text = _BY.sub("", text)
    left, blank, right = text.rpartition(" ")
    if blank and len(right) >= 4 and event_at(left) is not None:  # a headline: …规划发布 信息产业营收
        text = right
    text = _SCOPE_INSIDE.sub("", text if relative_at(text) else trim_lead(text))
    if _YEAR_OR_SEASON.search(text):
        text = _INNER_TIME.sub("", text)
    if "在" in text and (match := _FIELD_AFTER.match(text)):
        text = match["field"] + match["noun"]
    if match := _DOES.match(text):
        bare = head_of(match["object"]) == match["object"] or len(match["object"]) < 4
        text = match["who"] + match["object"] if bare else match["object"]
    text = "" if _BARE_SPAN.fullmatch(text) else _AGENT.sub("", text) if "共" in text or "累计" in text else text
    if _MERE_GROWTH.fullmatch(text):
        return "", yearly
    listed = _ENUMERATED.match(text) if "、" in text else None
    return (listed["rest"] if listed else text), yearly


def without_counted(lead: str, first: bool) -> str:
    """The words before a figure without those it belongs to, where these were counted: 三家渔业企业的养殖户."""
    counted = _COUNTED.search(lead)
    owned = lead[counted.end() :] if counted else "" if first else lead
    match = _POSSESSOR.match(owned) if "的" in owned else None
    return owned[match.end() :] if match else lead


def without_cause(lead: str) -> str:
    """The words before a figure without why it moved: 渔具因需求增加而年增 gives 渔具年增."""
    return _CAUSE.sub("", lead) if _CAUSE_WORD.search(lead) else lead


def listed_kind(lead: str, classifier: str | None) -> str | None:
    """获批试验区的有盘锦、营口等5市: those that 5市 counts; None where the clause is not so built."""
    if "、" not in lead:
        return None
    match = _HAVE_LISTED.match(strip_brackets(lead).strip(" 　，,"))
    if match is None or "、" not in match[0]:
        return None
    which = match["which"] if relative_at(match["which"] + "的地方") else trim_lead(match["which"])
    return f"{which}的{classifier}" if classifier and len(which) >= 3 else None


def noun_after(slot: Slot) -> tuple[str, str]:
    """Noun phrase and predicate that follow the classifier, each empty where there is none."""
    tail = _LISTED_FIRM.sub("", _IS.sub("", _AFTER_BOUND.sub("", _OPENED.split(strip_brackets(slot.tail))[0])))
    if not slot.closed and (more := _NEXT_PLACE.match(tail)):
        tail = more["noun"]
    if not tail or _NOT_NOUN.match(tail) or moves_on(tail) or (slot.closed and _TOLD_AFTER.search(tail)):
        return "", ""
    if opens_with_event(tail):
        return "", tail if slot.closed else ""
    if moved := _PLACES_MOVED.match(tail):
        return moved["noun"], moved["says"] if slot.closed else ""
    cut = event_at(tail)
    if slot.closed and (closing := _CLOSING.match(tail)) and (cut is None or cut > closing.end("noun")):
        cut = closing.end("noun")
    noun = tail if cut is None else tail[:cut]
    noun = _AMONG_END.sub("", _JOIN_END.sub("", noun)).removesuffix("的")
    if described := _DESCRIBED.match(noun):
        noun = described["noun"]
    if not slot.closed and (
        (match := _POSSESSOR.match(noun)) or (head_of(trim_tail(noun)[0]) and (match := _OWNER.match(noun)))
    ):
        noun = match["owner"]
    return noun.strip(" 　"), ("" if cut is None or not slot.closed else tail[cut:])


def grown_after(slot: Slot) -> str:
    """以6%的产值增速领先: what grows, between the figure and the word of growth."""
    match = _GROWN_AFTER.match(slot.tail)
    return match["noun"] if match else ""


def has_noun_after(slot: Slot) -> bool:
    """The figure stands before its noun (60台公交车)."""
    return slot.quantity.unit not in PERCENTS and noun_after(slot)[0] != ""


def said_after(slot: Slot) -> str:
    """What a rate says of its noun after the number: 学校100%具备直饮水."""
    tail = _BOUND.sub("", slot.tail).strip()
    return tail if slot.closed and 2 <= len(tail) <= 14 and not _NOT_NOUN.match(tail) and tail[0] != "的" else ""


def counts_moved(slot: Slot) -> bool:
    """The figure counts the places or branches in which something rose or fell: what rose goes on to be spoken of."""
    return slot.closed and slot.quantity.unit == "count" and _PLACES_MOVED.match(slot.tail) is not None


def is_grade(noun: str) -> bool:
    """国家级 alone, whose noun stands at the end of its list."""
    return _GRADE.fullmatch(noun) is not None


def shared_noun(slot: Slot, sentence: Sentence) -> str:
    """What a bare grade shares with the end of its list: 3个国家级、5个省级湿地公园."""
    for follower in sentence.slots[sentence.slots.index(slot) + 1 :]:
        if follower.clause != slot.clause:
            break
        noun, _ = noun_after(follower)
        if not is_grade(noun):
            return _GRADE.sub("", noun, count=1)
    return ""


def shared_predicate(slot: Slot, sentence: Sentence) -> str:
    """What the end of a list says of all its items: 90个行政村、824个自然村全部通硬化路."""
    last = slot
    for follower in sentence.slots[sentence.slots.index(slot) + 1 :]:
        if follower.clause != slot.clause or not _LIST_JOINT.search(last.tail):
            return ""
        last = follower
    return noun_after(last)[1] if noun_after(last)[0] else ""


def with_predicate(noun: str, predicate: str) -> str:
    """48个工程入选试点 measures 入选试点的工程: the predicate tells which are counted."""
    predicate = re.sub(r"^(?:已|均|全部|正在|陆续|将|正式|成功|被)+", "", predicate)
    predicate = _JOIN_END.sub("", predicate)
    if 2 <= len(predicate) <= 26 and not re.search(r"[、，]", predicate):
        return f"{predicate}的{noun}"
    return noun
