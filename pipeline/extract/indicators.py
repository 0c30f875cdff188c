"""What a figure measures, in the document's words, as short as it can be understood alone.

Forms, in the order tried: 分别 lists, ranks, shares with 占, gaps, classifier before noun (60台公交车), noun before number
(5G基站14万座); a figure without a noun of its own takes the one its sentence spoke of last (…5200座，居全国第6位).
"""

import re

from pipeline.extract.comparisons import gap_of, rank_of, share_of
from pipeline.extract.frames import Sentence, Slot, strip_brackets
from pipeline.extract.grants import grant_of
from pipeline.extract.measures import Measure
from pipeline.extract.nouns import (
    PERCENTS,
    is_grade,
    listed_kind,
    noun_after,
    noun_before,
    said_after,
    shared_noun,
    shared_predicate,
    with_predicate,
)
from pipeline.extract.phrases import event_at, head_of
from pipeline.extract.series import series_noun
from pipeline.extract.subjects import without_anaphor
from pipeline.extract.topics import Topic, whole_of

_AGAINST_TIME = re.compile(r"(?:高于|低于|好于|快于|高出|(?<![占同环])比(?![例重])|较)[^，。；]*$")
_BASE_CLAUSE = re.compile(
    r"(?:(?<![占同环])比(?![例重])|较)[^，；。、]{1,14}?(?=增长|下降|提高|提升|降低|增加|减少|上升|回落|净增|新增|上涨|加快|回升|增|减|加|多|少|涨|跌)"
)
_HEADLESS = re.compile(r"^(?P<which>[^，；。]{2,}?)的(?:有|是|为|共|已|达|已有|仅|只有)*$")
_MOVED = re.compile(r"(?:年|月|期|季度|[底末])$")
_GRADED = re.compile(r"[\u4e00-\u9fffA-Z\d]{1,3}级")
_BATCH = re.compile(r"(?:首批|第[一二三四五六七八九十]批)$")
_MEASURED = frozenset({"面积", "产量", "收入", "增加值", "用电量", "产值", "发电量", "吞吐量", "里程", "总产量"})
# A composed name is made of the whole itself up to this length, beyond of 中.
_SHORT = 6


def indicator_of(slot: Slot, sentence: Sentence, measure: Measure, topic: Topic, strip: str | None) -> str | None:
    """The indicator of a slot; updates ``topic``. ``strip``: the subject's name, which the indicator does not repeat."""
    lead = _clean_lead(slot, strip)
    if measure.measure == "change":
        lead = _AGAINST_TIME.sub("", lead)
    if measure.rule == "in_a_row":
        return _in_a_row(slot, lead, topic)
    told = series_noun(slot, sentence, _BASE_CLAUSE, topic)
    if granted := grant_of(slot, sentence, noun_before(lead)[0], told, topic.noun):
        return granted
    if told is None and measure.measure == "rank":
        return rank_of(lead, measure, topic)
    if told is not None and measure.measure == "rank" and not told.endswith("排名"):
        return f"{told}{measure.reference or ''}排名"
    if told is None and measure.rule == "part_of":
        return _part_of(slot, topic)
    if told is None and measure.measure == "share":
        return share_of(lead, topic)
    if told is None and measure.measure == "gap":
        return gap_of(lead, measure, topic)
    if re.search(r"[其当]中", slot.lead):
        topic.whole = topic.carried
        topic.whole_unit = topic.unit
    if told is None:
        told = _plain(slot, sentence, measure, lead, topic)
    if told is not None and topic.whole:
        part = _composed(told, topic.whole, slot.quantity.unit == topic.whole_unit)
        if part != told:
            topic.part = part
            return part
    if told is not None:
        topic.tell(told, slot.quantity.unit)
    return told or topic.carried or topic.last


def _composed(part: str, whole: str, same_unit: bool) -> str:
    """The name of a part that shares its head with the whole (养老机构…其中民办机构 gives 民办养老机构), or leaves out what is
    measured (种植面积…其中葡萄 gives 葡萄面积)."""
    head = head_of(whole)
    if head in _MEASURED and same_unit and 2 <= len(part) <= 6 and head_of(part) is None:
        return part + head
    if _GRADED.fullmatch(part) and "级" in whole:
        return part + whole.partition("级")[2]
    whole = whole.rpartition("的")[2] if len(whole) > _SHORT else whole
    if part[-2:] != whole[-2:] or whole in part or len(part) <= 2:
        return part
    return part[:-2] + whole if len(whole) <= _SHORT else f"{whole}中{part}"


def _clean_lead(slot: Slot, strip: str | None) -> str:
    lead = strip_brackets(slot.lead)
    if strip and strip in lead:
        lead = lead.partition(strip)[2]
    elif strip:
        lead = without_anaphor(lead)
    return _BASE_CLAUSE.sub("", lead)


def _in_a_row(slot: Slot, lead: str, topic: Topic) -> str:
    """连续24个月保持增长: the noun, and what goes on."""
    noun, _ = noun_before(re.sub(r"连续第?$", "", lead))
    base = noun or topic.carried or ""
    counted = {"year": "年数", "month": "月数"}.get(slot.quantity.unit, "季度数")
    return f"{base}连续{re.split(r'[、，；。]', slot.tail)[0][:16]}{counted}"


def _headless(lead: str, topic: Topic) -> str | None:
    """A relative clause without its noun counts the whole it is among, or the topic: 其中企业牵头组建的29个."""
    text = lead.strip(" 　，,、").removeprefix("其中")
    among = whole_of(text)
    match = _HEADLESS.match(among[1] if among else text)
    if match is None or _MOVED.search(match["which"]):
        return None
    if not among and (cut := event_at(match["which"])):
        return with_predicate(match["which"][:cut], match["which"][cut:])
    head = among[0] if among else topic.among or topic.carried
    return f"{match['which']}的{head}" if head and len(head) <= 10 else None


def _part_of(slot: Slot, topic: Topic) -> str | None:
    """七成受访企业预期人手不变 measures those among them; 近一半是返乡青年 measures them among what was spoken of."""
    noun, predicate = noun_after(slot)
    if slot.tail.startswith("是") and topic.carried:
        return f"{noun}占{topic.carried}比重"
    return f"{with_predicate(noun, predicate)}占比"


def _plain(slot: Slot, sentence: Sentence, measure: Measure, lead: str, topic: Topic) -> str | None:
    """Noun after the classifier, else noun before the number, else what was spoken of."""
    before, yearly = noun_before(lead)
    after, predicate = noun_after(slot)
    counted = slot.quantity.unit not in PERCENTS
    if after and is_grade(after) and not slot.closed:
        after += shared_noun(slot, sentence)
    if after and counted:
        predicate = predicate or shared_predicate(slot, sentence)
        if slot.tail.startswith("的") and before and head_of(before) == before:
            return after + before
        batch = _BATCH.search(lead)
        return (batch[0] if batch else "") + with_predicate(after, predicate)
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
    if predicate and slot.quantity.classifier and "等" in lead[-2:]:
        return f"{predicate}的{slot.quantity.classifier}"
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
    opening = topic.opening or (topic.earlier if slot.clause == 0 else None)
    if topic.owner and (not opening or topic.owner.startswith(opening)):
        return topic.owner + bare
    return (opening or "") + bare
