"""What a figure measures, in the document's words, as short as it can be understood alone.

Forms, in the order tried: 分别 lists, ranks, shares with 占, gaps, classifier before noun (60台公交车), noun before number
(5G基站14万座); a figure without a noun of its own takes the one its sentence spoke of last (…5200座，居全国第6位).
"""

import re

from pipeline.contract.late import Late
from pipeline.extract.comparisons import (
    among_of,
    bare_share_of,
    contribution_of,
    gap_of,
    in_a_row,
    of_counted,
    part_of,
    pull_of,
    rank_of,
    share_of,
    stated_part,
)
from pipeline.extract.frames import Sentence, Slot, strip_brackets
from pipeline.extract.grants import grant_of
from pipeline.extract.hearing import whole_of
from pipeline.extract.marks import balanced
from pipeline.extract.measures import Measure
from pipeline.extract.nouns import (
    PERCENTS,
    counts_moved,
    grown_after,
    is_grade,
    listed_kind,
    noun_after,
    noun_before,
    said_after,
    shared_noun,
    shared_predicate,
    with_predicate,
    without_cause,
    without_counted,
)
from pipeline.extract.phrases import event_at, head_of
from pipeline.extract.rankings import ranked_part
from pipeline.extract.series import series_noun
from pipeline.extract.spoken import spoken_noun
from pipeline.extract.subjects import without_anaphor
from pipeline.extract.topics import Topic
from pipeline.extract.wholes import composed, like_sibling

_AGAINST_TIME = Late(r"(?:高于|低于|好于|快于|高出|(?<![占同环])比(?![例重])|较)[^，。；]*$")
_BASE_CLAUSE = re.compile(
    r"(?:(?<![占同环])比(?![例重])|较)[^，；。、]{1,14}?(?=分别|改善|成长|扩张|大幅|大增|激增|萎缩|衰退|下跌|增长|下降|提高|提升|降低|增加|减少|上升|回落|净增|新增|上涨|加快|回升|增|减|加|多|少|涨|跌|[略稍微][低高升]|小幅|轻微|微幅|大致|升)"
    r"|(?:(?<![不参])(?:与|同|跟)[^，；。、]{1,14}?|(?:去年|上年|前年|上月|上季度|往年|此前|以往|\d{4}年)(?:同期|同月)?)(?:相比较?|比较|相较)(?:起来|之下)?[，,]?"
)
# 由8月预测的2%, where the noun stands in the clause before.
_FROM_BASE = Late(r"^[由从][^，。；]{1,16}的$")
_HEADLESS = Late(r"^(?P<which>[^，；。]{2,}?)的(?:有|是|为|共|已|达|已有|仅|只有)*$")
_MOVED = Late(
    r"(?:年|年前|现在|如今|眼下|当初|当时|原来|原先|往届|此前|过去|以往|月|期|季度?|[底末])$|第[一二三四五六七八九十\d]{1,3}[届期次][^，；。、]{0,8}$"
)
_BATCH = Late(r"(?:首批|第[一二三四五六七八九十]批)$")
_SHARE_ENDS = ("占比", "比重", "比例", "份额", "率")
# 即物流中的商品价值总额为: a gloss on the noun before it.
_RATES_AFTER = ("率", "税", "关税")
_GLOSS = re.compile(r"^[\s　]*(?:即|也就是说?|亦即|也即|换句话说)")
# 客源地达20个国家和地区: what is reached is counted in countries.
_ANYWHERE = frozenset({"国家和地区", "国家", "国家（地区）", "国家或地区", "国家及地区", "城市"})
_REACHED = Late(r"(?:达到?|增至|增加到|扩大到|扩展到|已有|共有|遍及)(?:了|约|近|超过?)*$")
# 机器人产量增长5%，出口量增长6%: of the same thing.
_OF_A_PRODUCT = frozenset(
    {"产量", "销量", "出口量", "出口额", "产值", "增加值", "营业收入", "利润总额", "利润", "销售额", "主营业务收入"}
)
# 项目76项（新建48项，续建28项）
_STAGES = frozenset({"续建", "在建", "拟建", "改建", "扩建", "复工", "停建", "缓建"})
_OPENED, _CLOSED = re.compile(r"[（(\[〔【]"), re.compile(r"[）)\]〕】]")
_BRACKET = re.compile(r"[（(\[〔【）)\]〕】]")
_OF_IT, _INCLUDES = re.compile(r"[其当]中"), re.compile(r"^(?:含|包括|包含)(?=.{2})")
_BOUND_LEFT = re.compile(r"^(?:以上|以下|以内|左右|上下|多|余)+")
# 50个以上、渔港30个以上: the bound belongs to the figure before. Most leads begin with none of these characters.
_OPENS_OF_LAST = frozenset("、，,和及与以左上之多的新大关台门水规并而居称夺")
_BOUND_OF_LAST = Late(
    r"^(?:以上|以下|以内|左右|上下|之多|多)?(?:的?新?(?:大关|关口|台阶|门槛|水平|规模)|[并而]?[居称夺][冠首次]|[^，。；、]{0,4}创[^，。；、]{0,8}[高低录])?(?:[、，,和及与]|以及)"
)
# 投入3000万元，改造学校5所: money whose noun is left out.
_SPENT = Late(r"(?:^|[，、累计共已])(?P<verb>投入|安排|拨付|筹集|筹措|发放|下达|统筹)(?:了|约|近|超过?|逾)*$")
# 保障项目19个，4万人受益
_BENEFITS = frozenset({"受益", "受惠"})
_SIZES = frozenset({"总量", "总规模", "规模", "总额"})


def indicator_of(slot: Slot, sentence: Sentence, measure: Measure, topic: Topic, strip: str | None) -> str | None:
    """The indicator of a slot; updates ``topic``. ``strip``: the subject's name, which the indicator does not repeat.
    A remark in brackets (120万辆（包括货车2万辆），增加8万辆) leaves the topic as it was."""
    before = topic.noun, topic.unit, topic.part, topic.parent, topic.shared
    told = balanced(_indicator(slot, sentence, measure, topic, strip))
    if _OPENED.search(strip_brackets(slot.lead)) and _CLOSED.search(strip_brackets(slot.tail)) and not slot.first:
        topic.noun, topic.unit, topic.part, topic.parent, topic.shared = before
    return told


def _indicator(slot: Slot, sentence: Sentence, measure: Measure, topic: Topic, strip: str | None) -> str | None:
    lead = without_cause(_clean_lead(slot, strip))
    if measure.measure == "change" or measure.rule == "base_figure":
        lead = _AGAINST_TIME.sub("", lead)
    shared, topic.shared = topic.shared, measure.measure == "share"
    if measure.rule == "in_a_row":
        return in_a_row(slot, lead, topic)
    told = series_noun(slot, sentence, _BASE_CLAUSE, topic)
    if granted := grant_of(slot, sentence, noun_before(lead)[0], told, topic.noun):
        return granted
    if told is None and (ranked := ranked_part(slot, sentence, topic.kin, topic.spoken.text if topic.spoken else None)):
        topic.tell(ranked, slot.quantity.unit)
        return ranked
    if told is None and (part := stated_part(slot, measure, topic.carried)):
        return part
    if told is None and measure.measure == "rank":
        return rank_of(lead, measure, topic)
    if told is not None and measure.measure == "rank" and not told.endswith("排名"):
        return f"{told}{measure.reference or ''}排名"
    if told is not None and measure.measure == "share" and told.startswith("占"):
        return share_of(told, topic)
    if told is not None and measure.measure == "share" and measure.rule in {"share", "list"} and len(told) >= 2:
        return told if told.endswith(_SHARE_ENDS) else f"{told}占比"
    if told is None and measure.rule == "among":
        return among_of(lead, slot)
    if told is None and measure.rule == "bracketed" and topic.carried:
        return f"{topic.carried}占比"
    if told is None and measure.rule == "part_of":
        return part_of(slot, topic)
    if told is None and measure.measure == "share":
        return share_of(lead, topic)
    if told is None and measure.measure == "gap":
        return gap_of(lead, measure, topic)
    topic.grew = measure.measure == "growth_rate"
    if _OF_IT.search(slot.lead):
        topic.part_off()
    if told is None and (told := contribution_of(lead, slot.quantity.unit, topic) or bare_share_of(lead, topic)):
        return told
    if told is None and shared and slot.quantity.unit == "percentage_point" and len(noun_before(lead)[0]) < 2:
        topic.shared = True  # 占渔户的78%，提高4个百分点
        return topic.parent or topic.carried
    if told is None and measure.measure == "change" and (pulled := pull_of(lead, topic)):
        return pulled
    if told is None:
        told = _plain(slot, sentence, measure, lead, topic)
    if told is not None and topic.whole:
        same = slot.quantity.unit == topic.whole_unit
        part = composed(told, topic.whole, same, slot.quantity.classifier in {"人", "名"})
        if part == told and same and topic.sibling:
            part = like_sibling(told, topic.sibling, topic.whole)
        topic.sibling = topic.sibling or part
        if part != told:
            topic.part = topic.noun = part
            return part
    if told in _STAGES and topic.noun and slot.quantity.unit == "count":
        return told + topic.noun
    if told is not None and counts_moved(slot):
        topic.counted = True
    elif told is not None:
        topic.tell(told, slot.quantity.unit)
    return told or topic.carried or topic.last


def _clean_lead(slot: Slot, strip: str | None) -> str:
    lead = strip_brackets(slot.lead)
    if (lead[:1] in _OPENS_OF_LAST or "创" in lead) and (of_last := _BOUND_OF_LAST.match(lead)):
        lead = lead[of_last.end() :]
    if lead[:1] in {"由", "从"}:
        lead = _FROM_BASE.sub("", lead)
    if slot.quantity.form == "bare":  # 产值上百亿: 上 is its bound
        lead = lead.rstrip("上数几")
    if strip and strip in lead:
        lead = lead.partition(strip)[2].lstrip("”")
    elif strip:
        lead = without_anaphor(lead)
    lead = without_counted(_unbracketed(lead), slot.first)
    return _BASE_CLAUSE.sub("", lead) if "比" in lead or "较" in lead else lead


def _unbracketed(lead: str) -> str:
    """The words that tell the noun where a bracket opens or closes between them and the figure: 增加值12亿元（占比3%） has
    占比, 粮食产量（增长3%） has both, 失业人员（12万人） those before it; words behind a bracket that closes stand alone."""
    if not _BRACKET.search(lead):
        return lead
    lead = _CLOSED.split(lead)[-1]
    *before, inside = _OPENED.split(lead)
    if before and len(noun_before(inside)[0]) < 2:
        return _BOUND_LEFT.sub("", before[-1]) + inside
    return _INCLUDES.sub("", inside) if before else inside


def _headless(lead: str, topic: Topic) -> str | None:
    """A relative clause without its noun counts the whole it is among, or the topic: 其中企业牵头组建的29个."""
    if "的" not in lead:
        return None
    text = lead.strip(" 　，,、").removeprefix("其中")
    among = whole_of(text)
    match = _HEADLESS.match(among[1] if among else text)
    if match is None or _MOVED.search(match["which"]):
        return None
    if not among and (cut := event_at(match["which"])):
        return with_predicate(match["which"][:cut], match["which"][cut:])
    head = among[0] if among else topic.among or topic.carried
    return f"{match['which']}的{head}" if head and len(head) <= 10 else None


def _plain(slot: Slot, sentence: Sentence, measure: Measure, lead: str, topic: Topic) -> str | None:
    """Noun after the classifier, else noun before the number, else what was spoken of."""
    if topic.noun and measure.measure != "growth_rate":
        topic.noun = topic.noun.removesuffix("年均增长")
    before, yearly = noun_before(lead)
    if measure.rule == "growth_after" and (grown := grown_after(slot)):
        topic.tell(grown, slot.quantity.unit)
        return grown
    if before in _SIZES and topic.noun:
        before = topic.noun + before
    after, predicate = noun_after(slot)
    counted = slot.quantity.unit not in PERCENTS
    if after and is_grade(after) and not slot.closed:
        after += shared_noun(slot, sentence)
    if after in _ANYWHERE and len(before) >= 3 and _REACHED.search(lead):
        return before
    if not counted and slot.tail.startswith("的") and after.endswith(_RATES_AFTER) and len(before) <= 4:
        return after  # 适用两成的税率
    if after and counted:
        predicate = predicate or shared_predicate(slot, sentence)
        if slot.tail.startswith("的") and before and head_of(before) == before:
            return after + before
        batch = _BATCH.search(lead)
        return (batch[0] if batch else "") + with_predicate(after, predicate)
    if slot.first and _GLOSS.match(lead) and topic.carried:
        return topic.carried
    if not counted or slot.quantity.unit in {"CNY", "USD"}:
        before = of_counted(before, topic)
    if not after and (spoken := spoken_noun(lead, slot.quantity.unit)):
        return spoken
    if kind := listed_kind(lead, slot.quantity.classifier):
        return kind
    if headless := _headless(lead, topic):
        return headless
    before = _with_head(slot, before, topic)
    if after and len(before) < 2:
        return with_predicate(after, predicate)
    if len(before) >= 2 and not counted and measure.measure == "level":
        return before + said_after(slot)
    per_year = "年均增长" if measure.measure == "growth_rate" else "年均"
    if len(before) >= 2:
        return before + (per_year if yearly else "")
    if slot.quantity.unit == "CNY" and (spent := _SPENT.search(lead)):
        return f"{topic.noun or ''}{spent['verb']}资金"
    if predicate and slot.quantity.classifier and "等" in lead[-2:]:
        return f"{predicate}的{slot.quantity.classifier}"
    if predicate in _BENEFITS and not before and topic.noun:
        return f"{topic.noun}{predicate}{'户数' if slot.quantity.classifier == '户' else '人口'}"
    if slot.quantity.classifier == "人" and predicate[1:2] == "了" and not before:
        return with_predicate("人", predicate)
    if predicate and slot.quantity.unit == "count" and not before and topic.carried:
        return with_predicate(topic.carried.rpartition("的")[2], predicate)
    if before and topic.carried and head_of(topic.carried):
        return topic.carried
    if topic.carried:
        return topic.carried + (per_year if yearly and "年均" not in topic.carried else "")
    return before or predicate or topic.last


def _with_head(slot: Slot, before: str, topic: Topic) -> str:
    """A bare head (产值, 市场份额) with the branch or the noun set apart that it belongs to."""
    bare = before.removeprefix("所占")
    head = head_of(bare)
    if head and topic.apart and len(bare) <= 6:
        return topic.apart + bare
    if not bare or bare != head:
        return before
    told = (head_of(topic.noun) if topic.noun else None) or ""
    if topic.noun and "的" in topic.noun and told[:2] == head[:2] and told != head:  # 支付工具的交易笔数, 交易总额
        return topic.noun.removesuffix(told) + bare
    if {head, told} <= _OF_A_PRODUCT and topic.noun and len(whose := topic.noun.removesuffix(told)) >= 2:
        return whose + bare
    opening = topic.opening or (topic.earlier if slot.clause == 0 else None)
    if topic.owner and (not opening or topic.owner.startswith(opening)):
        return topic.owner + bare
    return (opening or "") + bare
