"""Figures that 分别 distributes over a list of nouns (纺织业、食品业增加值分别增长3.1%、4.2%), or of places."""

import re
from itertools import pairwise

from pipeline.contract.late import Late
from pipeline.extract.frames import Sentence, Slot, strip_brackets
from pipeline.extract.phrases import VISITORS, graded_parts, split_list, trim_lead, trim_tail
from pipeline.extract.places import Place, place_prefix
from pipeline.extract.topics import Topic

_FOLLOWS = Late(r"^(?:以上|左右|以内)?(?:[、和及与]|以及)(?:增长|下降|提高|降低|上升|回落)?约?近?超?$")
_RATES = frozenset({"percent", "multiple"})
_GROWS = Late(r"^(?:(?:同比)?(?:增长|下降|提高|增幅|增速)(?:了|约|为)?|(?:是|为|相当于)[^，；]{2,8}的)$")
_TWIN_NAMES = {
    "产销": ("产量", "销量"),
    "产销量": ("产量", "销量"),
    "存贷款余额": ("存款余额", "贷款余额"),
    "存贷款": ("存款", "贷款"),
    "收支": ("收入", "支出"),
}
_TWINS = Late(r"(?:产销量?|存贷款(?:余额)?|收支)$")
_QUARTERS = Late(r"(?:四个|各|[一1]至[四4]|一、二、三、四)季度|(?P<three>前三个?季度|[一1]至[三3]季度|一、二、三季度)")
_EDGES = re.compile(r"^[（(）)、，,；;和及与\s]+|[（(：:\s]+(?:约|近|超过?)?$")
# 增幅较高的甲省、乙省分别增长
_OUTSTANDING = Late(
    r"^[^，。、的\d]{0,4}(?:[降增涨跌]幅|增速|增长|下降|规模|占比|总量)(?:较|最|更|相对)(?:[大高快多小低慢少]|明显|靠前)的"
)
# 分别由增长3%和4%转为下降2%和5%: over the same list again.
_TURNS_TO = Late(r"[转变降升增减提][为至到长高]")
_TRADE = Late(r"分别(进出口|出口|进口|投资|销售|贸易额)(?:额|总值|值)?(?:达到?|为|约)*$")
_JOINT = Late(r"(?:、|和|与|及)")
_BEFORE_LIST = Late(r"^[\s　]*(?:而|其中|当中|至于|另外?|以|来自|主要|则|，|,)*")
_TOLD_LIST = Late(r"(?:以|来自|包括|为|是|有)(?P<list>[^，。；]{3,}?)(?:为主|为最多|居多|最多|为首|等)?[ 　]*$")
_SHARED = Late(r"^(?:等)?[两二三四五六七八九\d]?个?(?:市|地|省|区|县|城市|省份)?的?")


def series_noun(slot: Slot, sentence: Sentence, base: re.Pattern[str], topic: Topic) -> str | None:
    """The item of a 分别 list that this figure belongs to; ``base`` matches what a figure is compared with."""
    if "分别" not in sentence.text:
        return None
    clause = [s for s in sentence.slots if s.clause == slot.clause]
    opening = next((i for i, s in enumerate(clause) if "分别" in s.lead), None)
    if opening is None:
        return _echoed(clause, slot, topic)
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
    before = _OUTSTANDING.sub("", base.sub("", clause[opening].lead)).partition("分别")[0]
    if from_places := visitors_of(strip_brackets(before), len(run)):
        topic.series = from_places
        return topic.series[at]
    noun, _ = trim_tail(after_places(strip_brackets(before)) or trim_lead(strip_brackets(before)))
    _, yearly = trim_tail(clause[opening].lead.partition("分别")[2])
    if len(noun) >= 2:
        parts = (
            _traded(noun, clause[opening].lead, len(run))
            or _twins(noun, len(run))
            or _shares(noun, len(run))
            or split_list(noun, len(run))
        )
        topic.series = parts or [noun] * len(run)
    elif listed := _listed_before(clause[opening], sentence, len(run)):
        topic.series = listed
    elif after_places(before) is not None and (gone_on := topic.carried or topic.last):
        topic.series = [gone_on] * len(run)
    elif topic.spoken and (told := _named(topic.spoken.text, len(run))):
        topic.series = told
    elif len(topic.figures) >= len(run) > len(topic.series):
        topic.series = topic.figures[-len(run) :]
    if at < len(topic.series):
        return topic.series[at] + ("年均增长" if yearly or "年均" in clause[opening].lead else "")
    return None


def visitors_of(text: str, count: int) -> list[str] | None:
    """香港及日本旅客 as two names, each with the noun they share; None where the text lists no places that visitors are from."""
    if (match := VISITORS.search(text)) is None:
        return None
    places = _JOINT.split(_BEFORE_LIST.sub("", text[: match.start()]))
    named = all((place and place_prefix(place) == len(place)) or place.startswith("中国") for place in places)
    return [place + match[0] for place in places] if named and len(places) == count > 1 else None


def _listed_before(slot: Slot, sentence: Sentence, count: int) -> list[str] | None:
    """The list that the clause before tells (以甲、乙及丙为主，分别占…; 来自甲和乙，分别占…)."""
    if not slot.clause or any(other.clause == slot.clause - 1 for other in sentence.slots):
        return None
    match = _TOLD_LIST.search(strip_brackets(sentence.clause_text(slot.clause - 1)))
    if match is None:
        return None
    return visitors_of(match["list"], count) or _named(match["list"], count)


def _twins(noun: str, count: int) -> list[str] | None:
    """汽车产销 that are told one by one: 汽车产量, 汽车销量."""
    match = _TWINS.search(noun)
    if match is None or count != 2:
        return None
    return [noun[: match.start()] + told for told in _TWIN_NAMES[match[0]]]


def _traded(noun: str, lead: str, count: int) -> list[str] | None:
    """对日本、韩国分别出口: 对日本出口, 对韩国出口; None where no word of trade stands behind 分别."""
    verb = _TRADE.search(lead)
    parts = split_list(noun, count) if verb and noun.startswith(("对", "自", "从", "向")) else None
    return [(part if part[0] == noun[0] else noun[0] + part) + verb[1] for part in parts] if parts and verb else None


def _named(text: str, count: int) -> list[str] | None:
    """The names a clause before the figures told: 国家级、省级渔港; 入保率和参训率."""
    return graded_parts(text, count) or split_list(text, count)


def _shares(noun: str, count: int) -> list[str] | None:
    """第二、第三产业占总产值比重: each part with the whole they are shares of; None for other nouns."""
    part, of, whole = noun.partition("占")
    parts = split_list(part, count) if of and whole else None
    return [one + of + whole for one in parts] if parts else None


def _second(clause: list[Slot], slot: Slot, topic: Topic) -> str | None:
    """A second 分别 in one clause (…40座、25座、分别增长5%、6%) goes over the same list."""
    opening = max(i for i, s in enumerate(clause[: clause.index(slot) + 1]) if "分别" in s.lead)
    at = clause.index(slot) - opening
    return topic.series[at] if at < len(topic.series) else None


def _echoed(clause: list[Slot], slot: Slot, topic: Topic) -> str | None:
    """As many growth rates behind a 分别 list (分别为3万元、2万元，增长5%、6%) go over it again."""
    rates = _GROWS.match(clause[0].lead) and all(_FOLLOWS.match(follower.lead) for follower in clause[1:])
    even = rates and len(clause) == len(topic.series) >= 2 and {s.quantity.unit for s in clause} <= _RATES
    return topic.series[clause.index(slot)] if even else None


def place_of(slot: Slot, sentence: Sentence, places: list[Place]) -> Place | None:
    """The place of this figure where 分别 distributes figures over as many listed places (营口、丹东两市的渔港分别是25座和12座);
    a later clause without places (，占比分别为8%和9%) goes over the same list."""
    if not places:
        return None
    clause = [s for s in sentence.slots if s.clause == slot.clause]
    opening = next((i for i, s in enumerate(clause) if "分别" in s.lead), None)
    if opening is None:
        return _at_its_figure(slot, places)
    until = clause[opening].quantity.start
    listed = [p for p in places if sentence.start <= p.start < until and p.scope == "region"]
    own = [p for p in listed if p.start >= slot.clause_start]
    listed = own or [p for p in listed if p.start < sentence.slots[0].quantity.start]
    at, joined = clause.index(slot) - opening, pairwise(listed)
    gaps = [sentence.text[a.end - sentence.start : b.start - sentence.start] for a, b in joined]
    count = len(clause) - opening
    turned = count == 2 * len(listed) and _TURNS_TO.match(clause[opening + len(listed)].lead)
    even = len(listed) >= 2 and (count == len(listed) or turned) and all(_JOINT.fullmatch(gap) for gap in gaps)
    return listed[at % len(listed)] if even and at >= 0 else None


def _at_its_figure(slot: Slot, places: list[Place]) -> Place | None:
    """营口（41个）、丹东（26个）: the place that alone stands between a figure and the one before it."""
    begun = slot.quantity.start - len(slot.lead)
    here = [p for p in places if begun <= p.start and p.end <= slot.quantity.start and p.scope == "region"]
    if len(here) != 1:
        return None
    words = _EDGES.sub("", slot.lead)
    return here[0] if words in {here[0].name, here[0].name + "市", here[0].name + "省"} else None


def quarter_of(slot: Slot, sentence: Sentence) -> int | None:
    """The quarter of this figure where 分别 distributes as many figures over the quarters of a year (四个季度分别增长5%、4%、6%、5%)."""
    if "分别" not in sentence.text:
        return None
    clause = [s for s in sentence.slots if s.clause == slot.clause]
    opening = next((i for i, s in enumerate(clause) if "分别" in s.lead), None)
    if opening is None or (told := _QUARTERS.search(clause[opening].lead)) is None:
        return None
    at, count = clause.index(slot) - opening, 3 if told["three"] else 4
    return at + 1 if at >= 0 and len(clause) - opening == count else None


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
