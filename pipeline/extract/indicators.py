"""What a figure measures, in the document's words, as short as it can be understood alone.

Forms, in the order tried: 分别 lists, ranks, shares with 占, gaps, classifier before noun (60台公交车), noun before number
(5G基站14万座); a figure without a noun of its own takes the one its sentence spoke of last (…5200座，居全国第6位).
"""

import re
from dataclasses import dataclass, field

from pipeline.extract.frames import Sentence, Slot, strip_brackets
from pipeline.extract.measures import Measure
from pipeline.extract.pairs import moves_on
from pipeline.extract.phrases import event_at, head_of, opens_with_event, split_list, trim_lead, trim_tail
from pipeline.extract.subjects import without_anaphor

_AFTER_BOUND = re.compile(r"^(?:以上|以下|以内|以外|左右|上下|之多|多|余|的)+")
_NOT_NOUN = re.compile(
    r"^(?:台阶|大关|关口|目标|水平|规模|也|都(?!市)|均(?!衡)|则|仍|还|正在|陆续|已)|^[、，,；;：:。.…！？!?）)\s」』]|^(?:和|及|与|以及|或)"
)
_JOIN_END = re.compile(r"(?:、|，|,|和|及|与|以及|(?<![签合节公条])约|近|超过?|分别|各)+$")
_RANK_TAIL = re.compile(
    r"(?:[^、，；]{0,2}(?:居|位居|列|位列|排|排名|排在|跃居|稳居|位于|跃升至|跃升到|提升至|提升到|保持|连续|历史性)+)?(?:全国|全球|世界|全省|国内|东北|亚洲|副省级城市)?(?:同类城市|城市|省份)?(?:的)?(?:中)?(?:排名|位居|居|位列|列|位次)?(?:第|前|第前)?$"
)
_SHARE = re.compile(r"^(?P<part>.*?)(?:约|仅|大约)?占(?!比|地|有率|用)(?P<whole>[^，；。]*)$", re.S)
_GAP = re.compile(
    r"(?P<part>.*?)(?P<gap>(?:高于|低于|好于|快于|高出|(?<![占同环])比(?![例重]))(?P<base>[^，；。]*?))(?:高|低|多|少|快|慢|高出)?$",
    re.S,
)
_WHOLE_TRIM = re.compile(r"(?:的比重|比重|的比例|比例)?(?:的|在|达到?|提高到|提升到|为|约|近|超过?|仅|逾|不足|接近)*$")
_AGAINST_TIME = re.compile(r"(?:高于|低于|好于|快于|高出|(?<![占同环])比(?![例重])|较)[^，。；]*$")
_BASE_CLAUSE = re.compile(
    r"(?:(?<![占同环])比(?![例重])|较)[^，；。、]{1,14}?(?=增长|下降|提高|提升|降低|增加|减少|上升|回落)"
)
_ENUMERATED = re.compile(r"^[^，；。“]*、[^，；。“]*等(?P<rest>[\u4e00-\u9fff]{4,})$")
_SCOPE_INSIDE = re.compile(r"(?<=[\u4e00-\u9fff])(?:全省|全市|我省|我市)(?!.*平台)")
# 在全国只占0.6%, 在总量中占比: the whole stands before 占.
_AMONG = re.compile(
    r"^在?(?P<whole>全国|全省|全市|全球|世界|.{2,10}?中)的?(?:只|仅|约|大约)?(?:占比|所占比重|比重|占)?$"
)
_SPOKEN = re.compile(
    r"([\u4e00-\u9fffA-Za-z0-9]{2,14}?)(?:也|都|正在|已|不断|持续|加快|快速|稳步|明显|显著|逐步|日益|进一步)"
)
_GRADE = re.compile(r"(?:国家|省|市|县|世界|区域|国际)级")
_BRANCH = re.compile(r"(?!\d)[\u4e00-\u9fffA-Za-z0-9]{2,10}?(?:产业|行业|领域|工程|业)(?!化|链|基地|园|集群)")
_SHARE_NOUN = re.compile(r"(?:占比|比重|比例|份额)$")


@dataclass
class Topic:
    """What the text spoke of last: the noun of the sentence, the list a 分别 distributes over."""

    noun: str | None = None
    series: list[str] = field(default_factory=list)
    parent: str | None = None
    opening: str | None = None
    earlier: str | None = None
    whole: str | None = None


def indicator_of(slot: Slot, sentence: Sentence, measure: Measure, topic: Topic, strip: str | None) -> str | None:
    """The indicator of a slot; updates ``topic``. ``strip``: the subject's name, which the indicator does not repeat."""
    lead = _clean_lead(slot, strip)
    if measure.measure == "change":
        lead = _AGAINST_TIME.sub("", lead)
    if measure.rule == "in_a_row":
        return _in_a_row(slot, lead, topic)
    told = _series(slot, sentence, lead, topic)
    if told is None and measure.measure == "rank":
        return _rank(lead, measure, topic)
    if told is None and measure.measure == "share":
        return _share(lead, topic)
    if told is None and measure.measure == "gap":
        return _gap(lead, measure, topic)
    if told is None:
        told = _plain(slot, sentence, measure, lead, topic)
    if "其中" in slot.lead:
        topic.whole = topic.noun
    if told is not None and topic.whole and told[-2:] == topic.whole[-2:] and not told.startswith(topic.whole):
        return topic.whole + told
    if told is not None:
        topic.noun = told
    return told or topic.noun


def _clean_lead(slot: Slot, strip: str | None) -> str:
    lead = strip_brackets(slot.lead)
    if strip and strip in lead:
        lead = lead.partition(strip)[2]
    elif strip:
        lead = without_anaphor(lead)
    return _BASE_CLAUSE.sub("", lead)


def _series(slot: Slot, sentence: Sentence, lead: str, topic: Topic) -> str | None:
    """The item of a 分别 list that this figure belongs to."""
    clause = [s for s in sentence.slots if s.clause == slot.clause]
    opening = next((i for i, s in enumerate(clause) if "分别" in s.lead), None)
    if opening is None:
        return None
    at = clause.index(slot) - opening
    if at < 0 or any("分别" in s.lead for s in clause[opening + 1 : opening + at + 1]):
        return _series_from(clause, slot, topic)
    run = [clause[opening]]
    for follower in clause[opening + 1 :]:
        if not re.match(r"^(?:以上|左右|以内)?(?:[、和及与]|以及)约?近?超?$", follower.lead):
            break
        run.append(follower)
    if at >= len(run):
        return None
    before = _BASE_CLAUSE.sub("", clause[opening].lead.partition("分别")[0])
    noun, _ = trim_tail(trim_lead(strip_brackets(before)))
    _, yearly = trim_tail(clause[opening].lead.partition("分别")[2])
    if len(noun) >= 2:
        parts = split_list(noun, len(run))
        topic.series = parts or [noun] * len(run)
    if at < len(topic.series):
        return topic.series[at] + ("年均增长" if yearly or "年均" in clause[opening].lead else "")
    return None


def _series_from(clause: list[Slot], slot: Slot, topic: Topic) -> str | None:
    """A second 分别 in one clause (…40座、25座、分别增长5%、6%) goes over the same list."""
    opening = max(i for i, s in enumerate(clause[: clause.index(slot) + 1]) if "分别" in s.lead)
    at = clause.index(slot) - opening
    return topic.series[at] if at < len(topic.series) else None


def _in_a_row(slot: Slot, lead: str, topic: Topic) -> str:
    """连续24个月保持增长: the noun, and what goes on."""
    noun, _ = _noun(re.sub(r"连续第?$", "", lead))
    base = noun or topic.noun or ""
    counted = {"year": "年数", "month": "月数"}.get(slot.quantity.unit, "季度数")
    return f"{base}连续{re.split(r'[、，；。]', slot.tail)[0][:16]}{counted}"


def _noun(lead: str) -> tuple[str, bool]:
    """The noun phrase that ends before the figure."""
    text, yearly = trim_tail(lead)
    text = _SCOPE_INSIDE.sub("", trim_lead(text))
    listed = _ENUMERATED.match(text)
    return (listed["rest"] if listed else text), yearly


def _rank(lead: str, measure: Measure, topic: Topic) -> str | None:
    if measure.reference and measure.reference in lead:
        lead = lead[: lead.index(measure.reference)].removesuffix("在")
    noun, _ = _noun(_RANK_TAIL.sub("", lead))
    if len(noun) >= 2:
        topic.noun = noun
    base = noun if len(noun) >= 2 else topic.noun
    return f"{base}{measure.reference or ''}排名" if base else None


def _share(lead: str, topic: Topic) -> str | None:
    match = _SHARE.match(lead)
    if match:
        noun, _ = _noun(match["part"])
        among = _AMONG.match(match["part"].strip("，、 "))
        if among and topic.noun:
            return f"{topic.noun}占{among['whole'].removesuffix('中')}比重"
        whole = _WHOLE_TRIM.sub("", match["whole"]).strip()
        if len(noun) >= 2:
            topic.noun = noun
        base = noun if len(noun) >= 2 else topic.noun or ""
        if _SHARE_NOUN.search(base):
            return base
        if whole.endswith("份额"):
            return f"{base}{whole}"
        share = f"{base}占{whole}比重" if whole else f"{base}占比"
        topic.parent = share
        return share
    noun, _ = _noun(lead)
    if among := _AMONG.match(noun):
        return f"{topic.noun or ''}占{among['whole'].removesuffix('中')}比重"
    if noun in {"占比", "比重", "比例", "份额", ""}:
        return f"{topic.noun or ''}{noun or '占比'}"
    topic.noun = noun
    return noun


def _gap(lead: str, measure: Measure, topic: Topic) -> str | None:
    match = _GAP.match(lead)
    noun = _noun(match["part"])[0] if match else ""
    if len(noun) >= 2:
        topic.noun = noun
    base = noun if len(noun) >= 2 else topic.parent or topic.noun or ""
    if match and match["gap"].startswith(("比", "较")):
        return f"{base}与{match['base']}差距"
    return f"{base}{trim_tail(match['gap'] if match else '')[0]}" or None


def _plain(slot: Slot, sentence: Sentence, measure: Measure, lead: str, topic: Topic) -> str | None:
    """Noun after the classifier, else noun before the number."""
    before, yearly = _noun(lead)
    opening = topic.opening or (topic.earlier if slot.clause == 0 else None)
    if opening and before and before == head_of(before):
        before = opening + before
    after, predicate = _after(slot)
    if after and _GRADE.fullmatch(after) and not slot.closed:
        after += _shared_noun(slot, sentence)
    counted = slot.quantity.unit not in {"percent", "percentage_point", "per_mille", "multiple"}
    if after and counted:
        batch = re.search(r"(?:首批|第[一二三四五六七八九十]批)$", lead)
        return (batch[0] if batch else "") + _with_predicate(after, predicate)
    if after and len(before) < 2:
        return _with_predicate(after, predicate)
    if len(before) >= 2 and not counted and measure.measure == "level":
        return before + _rest(slot)
    if len(before) >= 2:
        return before + ("年均增长" if yearly else "")
    if predicate and slot.quantity.classifier and "等" in lead[-2:]:
        return f"{predicate}的{slot.quantity.classifier}"
    if before and topic.noun and head_of(topic.noun):
        return topic.noun
    if topic.noun:
        return topic.noun + ("年均增长" if yearly and not topic.noun.endswith("年均增长") else "")
    return before or predicate or _spoken_of(sentence)


def _rest(slot: Slot) -> str:
    """What a rate says of its noun after the number: 学校100%具备直饮水."""
    tail = re.sub(r"^(?:以上|以下|以内|左右|上下)", "", slot.tail).strip()
    return tail if slot.closed and 2 <= len(tail) <= 14 and not _NOT_NOUN.match(tail) and tail[0] != "的" else ""


def has_noun_after(slot: Slot) -> bool:
    """The figure stands before its noun (60台公交车)."""
    return slot.quantity.unit not in {"percent", "percentage_point", "per_mille", "multiple"} and _after(slot)[0] != ""


def _after(slot: Slot) -> tuple[str, str]:
    """Noun phrase and predicate that follow the classifier."""
    tail = _AFTER_BOUND.sub("", strip_brackets(slot.tail))
    if not tail or _NOT_NOUN.match(tail) or moves_on(tail):
        return "", ""
    if opens_with_event(tail):
        return "", tail if slot.closed else ""
    cut = event_at(tail)
    noun = tail if cut is None else tail[:cut]
    noun = _JOIN_END.sub("", noun)
    return noun.strip(" 　"), ("" if cut is None or not slot.closed else tail[cut:])


def _spoken_of(sentence: Sentence) -> str | None:
    """What the first clause says something of: 小微企业也在增多：去年新增30家."""
    match = _SPOKEN.match(trim_lead(sentence.clause_text(0)))
    return match[1] if match else None


def _shared_noun(slot: Slot, sentence: Sentence) -> str:
    """What a bare grade shares with the end of its list: 3个国家级、5个省级湿地公园."""
    for follower in sentence.slots[sentence.slots.index(slot) + 1 :]:
        if follower.clause != slot.clause:
            break
        noun, _ = _after(follower)
        if not _GRADE.fullmatch(noun):
            return _GRADE.sub("", noun, count=1)
    return ""


def opening_of(clause: str) -> str | None:
    """The branch or field that a clause opens with (制茶产业…), of which the next may give bare figures (产值突破60亿元)."""
    match = _BRANCH.match(trim_lead(clause[:40]))
    return match[0] if match else None


def _with_predicate(noun: str, predicate: str) -> str:
    """48个工程入选试点 measures 入选试点的工程: the predicate tells which are counted."""
    predicate = re.sub(r"^(?:已|均|全部|正在|陆续|将|正式|成功|被)+", "", predicate)
    predicate = _JOIN_END.sub("", predicate)
    if 2 <= len(predicate) <= 26 and not re.search(r"[、，]", predicate):
        return f"{predicate}的{noun}"
    return noun
