"""Figures that 分别 distributes over a list of nouns (纺织业、食品业增加值分别增长3.1%、4.2%), or of places."""

import re
from itertools import pairwise

from pipeline.extract.frames import Sentence, Slot, strip_brackets
from pipeline.extract.phrases import graded_parts, split_list, trim_lead, trim_tail
from pipeline.extract.places import Place, place_prefix
from pipeline.extract.topics import Topic

_FOLLOWS = re.compile(r"^(?:以上|左右|以内)?(?:[、和及与]|以及)(?:增长|下降|提高|降低|上升|回落)?约?近?超?$")
_JOINT = re.compile(r"(?:、|和|与|及)")
_SHARED = re.compile(r"^(?:等)?[两二三四五六七八九\d]?个?(?:市|地|省|区|县|城市|省份)?的?")


def series_noun(slot: Slot, sentence: Sentence, base: re.Pattern[str], topic: Topic) -> str | None:
    """The item of a 分别 list that this figure belongs to; ``base`` matches what a figure is compared with."""
    clause = [s for s in sentence.slots if s.clause == slot.clause]
    opening = next((i for i, s in enumerate(clause) if "分别" in s.lead), None)
    if opening is None:
        return None
    at = clause.index(slot) - opening
    if at < 0:
        return None
    if any("分别" in s.lead for s in clause[opening + 1 : opening + at + 1]):
        return _second(clause, slot, topic)
    run = [clause[opening]]
    for follower in clause[opening + 1 :]:
        if not _FOLLOWS.match(follower.lead):
            break
        run.append(follower)
    if at >= len(run):
        return None
    before = base.sub("", clause[opening].lead.partition("分别")[0])
    noun, _ = trim_tail(after_places(strip_brackets(before)) or trim_lead(strip_brackets(before)))
    _, yearly = trim_tail(clause[opening].lead.partition("分别")[2])
    if len(noun) >= 2:
        parts = split_list(noun, len(run))
        topic.series = parts or [noun] * len(run)
    elif topic.spoken and (graded := graded_parts(topic.spoken.text, len(run))):
        topic.series = graded
    elif len(topic.figures) >= len(run) > len(topic.series):
        topic.series = topic.figures[-len(run) :]
    if at < len(topic.series):
        return topic.series[at] + ("年均增长" if yearly or "年均" in clause[opening].lead else "")
    return None


def _second(clause: list[Slot], slot: Slot, topic: Topic) -> str | None:
    """A second 分别 in one clause (…40座、25座、分别增长5%、6%) goes over the same list."""
    opening = max(i for i, s in enumerate(clause[: clause.index(slot) + 1]) if "分别" in s.lead)
    at = clause.index(slot) - opening
    return topic.series[at] if at < len(topic.series) else None


def place_of(slot: Slot, sentence: Sentence, places: list[Place]) -> Place | None:
    """The place of this figure where 分别 distributes figures over as many listed places (营口、丹东两市的渔港分别是25座和12座)."""
    clause = [s for s in sentence.slots if s.clause == slot.clause]
    opening = next((i for i, s in enumerate(clause) if "分别" in s.lead), None)
    if opening is None:
        return None
    until = clause[opening].quantity.start
    listed = [p for p in places if slot.clause_start <= p.start < until and p.scope == "region"]
    at, joined = clause.index(slot) - opening, pairwise(listed)
    gaps = [sentence.text[a.end - sentence.start : b.start - sentence.start] for a, b in joined]
    even = len(listed) >= 2 and len(clause) - opening == len(listed) and all(_JOINT.fullmatch(gap) for gap in gaps)
    return listed[at] if even and at >= 0 else None


def after_places(text: str) -> str | None:
    """The noun that listed places share (营口、丹东两市的渔港数量); None where the text opens with no list of places."""
    rest, count = text.lstrip(" 　"), 0
    while length := place_prefix(rest):
        rest, count = rest[length:], count + 1
        joint = _JOINT.match(rest)
        if joint is None:
            break
        rest = rest[joint.end() :]
    return _SHARED.sub("", rest) if count >= 2 else None
