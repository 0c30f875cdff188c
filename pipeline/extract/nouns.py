"""The noun a figure counts: before the number (5G基站14万座), or after it with its predicate (48个工程入选试点)."""

import re

from pipeline.extract.frames import Sentence, Slot, strip_brackets
from pipeline.extract.pairs import moves_on
from pipeline.extract.phrases import event_at, head_of, opens_with_event, relative_at, trim_lead, trim_tail

_AFTER_BOUND = re.compile(r"^(?:以上|以下|以内|以外|左右|上下|之多|多|余|的)+")
_NOT_NOUN = re.compile(
    r"^(?:台阶|大关|关口|目标|水平|规模|也|都(?!市)|均(?!衡)|则|仍|还|正在|陆续|已)|^[、，,；;：:。.…！？!?）)\s」』]|^(?:和|及|与|以及|或)"
    r"|^(?:提高|提升|增加|增长|扩大|上升|下降|减少|压缩|缩短|恢复|跃升|发展|降低|增|升|降|退|落)(?:到|至|为)"
)
_IS = re.compile(r"^(?:是|为|属于)(?=[\u4e00-\u9fff“]{2})")
_JOIN_END = re.compile(r"(?:、|，|,|和|及|与|以及|(?<![签合节公条])约|近|超过?|分别|各)+$")
_AMONG_END = re.compile(r"(?<=[\u4e00-\u9fff]{2})(?<![集其高初空途])中$")
# 300家零售企业销售额增长6.1%: the firms are counted, their sales grow.
_OWNER = re.compile(r"^(?P<owner>[^，；。、的]{2,}?(?:企业|单位|机构|园区|项目|学校|医院))[\u4e00-\u9fff]{2,}$")
_ENUMERATED = re.compile(r"^[^，；。“]*、[^，；。“]*等(?P<rest>[\u4e00-\u9fff]{4,})$")
_HAVE_LISTED = re.compile(r"^(?P<which>[^，；。]{3,}?)的(?:分别)?(?:有|是|包括)[^，；。]*(?:、|等)[^，；。]*$")
_SCOPE_INSIDE = re.compile(r"(?<=[\u4e00-\u9fff])(?:全省|全市|我省|我市)(?!.*平台)")
# 信息领域 in 企业在信息领域已培育.
_FIELD_AFTER = re.compile(
    r"^(?P<noun>[^，；。在]{3,})在(?P<field>[^，；。在、]{2,10}?(?:领域|行业|产业))(?:中|内|里|上)?$"
)
# 光伏产业建成硅料产能: the object is measured; a bare head (产值) keeps whose it is.
_DOES = re.compile(
    r"^(?P<who>[^，；。、的“]{2,12}?(?:业|园区|地区))(?:已|共|累计|全年)*(?:建成|形成|实现|完成|拥有)(?:了)?(?P<object>[\u4e00-\u9fff]{2,14})$"
)
# 养殖业在2022年要实现营业收入: time and modal between noun and head.
_INNER_TIME = re.compile(
    r"(?<=[\u4e00-\u9fff]{2})(?:在|到)?(?:\d{4}年|今年|去年|明年|年内)(?:要|将|力争|应)*(?:实现|完成|达到)?(?=[\u4e00-\u9fff]{2})"
)
_GRADE = re.compile(r"(?:国家|省|市|县|世界|区域|国际)级")
_LIST_JOINT = re.compile(r"(?:、|和|及|与)$")
PERCENTS = frozenset({"percent", "percentage_point", "per_mille", "multiple"})


def noun_before(lead: str) -> tuple[str, bool]:
    """The noun phrase that ends before the figure, and whether 年均 stood in it."""
    text, yearly = trim_tail(lead)
    text = _SCOPE_INSIDE.sub("", text if relative_at(text) else trim_lead(text))
    text = _INNER_TIME.sub("", text)
    if match := _FIELD_AFTER.match(text):
        text = match["field"] + match["noun"]
    if match := _DOES.match(text):
        bare = head_of(match["object"]) == match["object"] or len(match["object"]) < 4
        text = match["who"] + match["object"] if bare else match["object"]
    listed = _ENUMERATED.match(text)
    return (listed["rest"] if listed else text), yearly


def listed_kind(lead: str, classifier: str | None) -> str | None:
    """获批试验区的有盘锦、营口等5市: those that 5市 counts; None where the clause is not so built."""
    match = _HAVE_LISTED.match(strip_brackets(lead).strip(" 　，,"))
    if match is None or "、" not in match[0]:
        return None
    which = match["which"] if relative_at(match["which"] + "的地方") else trim_lead(match["which"])
    return f"{which}的{classifier}" if classifier and len(which) >= 3 else None


def noun_after(slot: Slot) -> tuple[str, str]:
    """Noun phrase and predicate that follow the classifier, each empty where there is none."""
    tail = _IS.sub("", _AFTER_BOUND.sub("", strip_brackets(slot.tail)))
    if not tail or _NOT_NOUN.match(tail) or moves_on(tail):
        return "", ""
    if opens_with_event(tail):
        return "", tail if slot.closed else ""
    cut = event_at(tail)
    noun = tail if cut is None else tail[:cut]
    noun = _AMONG_END.sub("", _JOIN_END.sub("", noun))
    if not slot.closed and head_of(trim_tail(noun)[0]) and (match := _OWNER.match(noun)):
        noun = match["owner"]
    return noun.strip(" 　"), ("" if cut is None or not slot.closed else tail[cut:])


def has_noun_after(slot: Slot) -> bool:
    """The figure stands before its noun (60台公交车)."""
    return slot.quantity.unit not in PERCENTS and noun_after(slot)[0] != ""


def said_after(slot: Slot) -> str:
    """What a rate says of its noun after the number: 学校100%具备直饮水."""
    tail = re.sub(r"^(?:以上|以下|以内|左右|上下)", "", slot.tail).strip()
    return tail if slot.closed and 2 <= len(tail) <= 14 and not _NOT_NOUN.match(tail) and tail[0] != "的" else ""


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
