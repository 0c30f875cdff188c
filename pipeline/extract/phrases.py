"""Trimming and splitting of the words around a figure, from which indicators are made. Words are rows of ``indicator_trim.csv``."""

import re
from functools import cache, lru_cache

from pipeline.contract.late import Late
from pipeline.contract.seed import seed_rows
from pipeline.extract.periods import time_prefix
from pipeline.extract.places import place_prefix

_EDGE = " 　\t\n、，,；;：:。.·●◆■★▲◎○•—-–“”\"'（）()《》……"
_QUOTED_EDGE = " 　\t\n、，,；;：:。·●◆■★▲◎○•—-–…"
_LEAD_EDGE, _TAIL_EDGE = _QUOTED_EDGE + "的", _QUOTED_EDGE + "（("
_ITEM = re.compile(
    r"^(?:【[^】\n]{1,10}】|[一二三四五六七八九十]是(?:围绕|聚焦|通过)?|第[一二三四五六七八九十百]{1,4}条(?=[\s　])|[（(]?[一二三四五六七八九十\d]{1,3}[）)、．.](?!\d)|——)\s*"
)
# 下滑至2019年的: the end of a movement.
_TIME_END = Late(
    r"(?:[在于由从自至到])(?:今年|去年|\d{4}年)?(?:第[一二三四1-4]季度?|[上下]半年|[首前][一二三两\d]{1,2}(?:个月|季度?)|[上前]一?季度?|上个?月|\d{1,2}月份?|季内|期内|月内|1[01]\d年度?|[\d〇零○一二三四五六七八九]{4}年(?:[\d一二三四五六七八九十]{1,3}月)?(?:[\d一二三四五六七八九十]{1,3}日)?)的?$"
    r"|(?:\d{4}年|[二一][〇○零九一二三四五六七八]{3}年|同期|上年|去年|今年|明年|本年|上月|本月|现在|目前|如今|当前)(?:年?[底末初])?的?$|(?:从|由|自|到|至)?(?:\d{4}年|去年|上年|今年)?第[一二三四五六七八九十\d]{1,3}[届期次][^，；。、\d]{0,8}的$|(?:从|由|到|至)?(?:现在|如今|眼下|当初|当时|最初|起初|[两三四五六七八九十几\d]{1,3}年前)的$|(?:从|由)(?:往届|往年|原来|原先|此前|过去|以往)的$"
)
# What alone can close it: most words before a figure close otherwise.
_TIME_ENDS = frozenset("季度年月内份日期在前今底末初的")
_SPAN = Late(
    r"^(?:未来|今后|过去)[数几][年月个]月?|^第[一二三四1-4]季(?!度)|^前\d{1,2}个?月|^前[\d两三四五六七八九]{1,2}天|^\d{1,2}月(?![均度])(?=[\u4e00-\u9fff]{2})|^[\d一二三四五六七八九十两]{1,3}(?:个月|年|天)(?:内|以内|之内|时间)"
)
_MADE = Late(
    r"^(?:自主)?(?:研制|研发|开发|生产|制造|运营|承建|自建)的(?=[\u4e00-\u9fff“]{2})"
    r"|^由[^，；。的]{2,20}?(?:投资|建设|承建|运营|实施|打造|研发|研制|牵头|组建)+的(?=[\u4e00-\u9fff“]{2})"
)
PLACED = re.compile(r"(?:位于|坐落于|坐落在|地处)[^，；。的]{2,12}的")
_PAYER = Late(
    r"^由?(?:中央|省|市|县|区|各级|地方|省级|市级|县级)(?:财政|政府)(?:共|每年|累计|将)?(?=安排|投入|拨付|下达|筹集|筹措|发放|补助|拿出|$)"
)
_RECKONED = Late(
    r"^(?:按|经|据|根据)[^，；。、的]{1,14}?(?:计算|口径|来?看|观察|比较|调整后?|统计|核算|显示|介绍|(?<!部)分$)"
    r"|^(?:据|根据)[^，；。、]{2,16}?的?(?:数据|资料|统计)(?:显示|表明)"
    r"|^(?:扣除|剔除|不含|不计|不考虑)[^，；。的]{2,14}?(?:(?:因素)?(?:影响)?(?:之?后)的?|因素的?)(?=[\u4e00-\u9fffA-Za-z]{2})"
)
_TOLD = Late(
    r"^[\u4e00-\u9fff]{0,10}?(?:局|署|部|厅|委员会|总处|统计处|央行|银行|总局|管理局|政府|发言人|负责人|处)(?:资料|数据)?(?:[昨今](?:日|天|[（(]\d{1,2}[）)]日?)?)?(?:宣布|公布|发布|披露|预测|预计|预估|推估|预料|估计|说明|指出|表示|统计|上修|下修|测算)的?"
    r"|^[\u4e00-\u9fff]{2,10}?(?:公布|披露|发布|公告|(?:局|署|厅|处|院)(?=第[一二三四1-4]季|\d{1,2}月))(?=第|\d|上半年|去年|今年|前三季)"
)
_SINCE = Late(
    r"^[自从](?:\d{4}年|去年|今年)(?:\d{1,2}月)?(?:\d{1,2}日)?[\u4e00-\u9fff]{0,6}?(?:以来|至今|起(?!来)|后)[，,]?(?=[\u4e00-\u9fff“]{2})"
)
# 包括利息在内的还款, 以逾期款比总额来量度的比率
_WITH = Late(
    r"^(?:(?:包括|包含|不包括|不含|连同|撇除|扣除)[^，；。]{2,16}?(?:在内的?|之?后的?)|以[^，；。]{4,40}?来?(?:量度|计算|衡量)的)(?=[\u4e00-\u9fff]{2})"
)
# 局方估计…, 我会预留…: who acts, before what is done.
_ACTOR = Late(
    r"^(?:特区政府|政府|当局|局方|署方|院方|部方|我们|我|他|她)(?=在|于|今年|去年|会|将|已|预|估|拟|计划|建议|合共|共|每年|亦|也|把|就)"
)
# 某某指出: whoever says it.
_SAID = Late(
    r"^(?:[\u4e00-\u9fff]{2,4}|[又亦并也他她]{1,2})?(?:指出|表示|提到|透露|强调|续指|又指|补充)(?:说|，|,|：|:)?(?=[\u4e00-\u9fffA-Z])"
)
# One pattern for all that may open a phrase, tried in this order: a third of the time of ten.
_OPENING = re.compile(
    "|".join(p.pattern for p in (_SINCE, _WITH, _SPAN, _MADE, PLACED, _PAYER, _RECKONED, _TOLD, _ACTOR, _SAID))
)
# 贸易出超 is a noun, 收入超 a noun and a bound.
_SURPLUS = Late(r"(?<![收投流输转支产])[出入]超$")
VISITORS = re.compile(r"(?:居民|籍)?(?:过夜|入境|留宿|团体|个人游)?(?:旅客|访客|游客|观光客|旅行团|买家|投资者)")
_RELATIVE = Late(r"[^，；。的]{2,20}的(?!有|是|为|占|共|达|已|$)[\u4e00-\u9fff]{1,12}")
# 和, 与, 及 between names, not inside 和谐, 参与, 普及.
_AND = r"、|以及|(?<![共总饱暖温柔缓中融平祥])和(?![谐平睦解声美龙田政])|(?<![普涉波触企遍顾危])及(?![其时格第早])|(?<![参给赠授干])与(?![会时众])"
# 集成电路、汽车及零部件产业链: a kind that all items of a list share.
_KIND_END = Late(r"(?:产业链|产业集群|产业|行业|企业|产品|用户|园区|项目|市场|地区|居民|人员)$")
# 中、小型企业, 东、西部地区
_SIZES = Late(r"[大中小微](?=型|$)|[东中西南北](?=部|$)")
# 第二、第三产业增加值, 一、二、三产业比重
_ORDINAL = Late(r"第?[一二三](?![\u4e00-\u9fff]*[一二三])")
_GRADES = Late(r"(?:国家|省|市|县|区|世界|国际|区域)级")


@cache
def _words(place: str) -> tuple[str, ...]:
    return tuple(
        sorted((r["word"] for r in seed_rows("indicator_trim") if r["place"] == place), key=lambda w: (-len(w), w))
    )


@cache
def _starts(place: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for word in _words(place):
        found.setdefault(word[0], []).append(word)
    return {key: tuple(words) for key, words in found.items()}


@cache
def _ends(place: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for word in _words(place):
        found.setdefault(word[-1], []).append(word)
    return {key: tuple(words) for key, words in found.items()}


# Kept: the words before a figure are trimmed three times and more while its noun is sought.
@lru_cache(maxsize=4096)
def trim_lead(text: str) -> str:
    """Without the item mark, time, place and verbs that open it: ``到2025年,全省建成5G基站`` gives ``5G基站``."""
    text = text.lstrip(_QUOTED_EDGE)
    if item := _ITEM.match(text):
        text = text[item.end() :]
    while text:
        text = text.lstrip(_LEAD_EDGE)
        timed = time_prefix(text)
        cut = timed or _place(text)
        if not cut and not _opens("lead_keep", text):
            cut = _span_or_payer(text) or len(_opens("lead", text) or "")
        if not cut or (cut == len(text) and len(text) > 2 and not timed):
            return text if not cut else ""
        text = text[cut:]
        if text[:1] == "了" and not text.startswith("了解"):
            text = text[1:]
    return text


def _place(text: str) -> int:
    """Length of the place that opens the text; 0 for that of 香港旅客: where the visitors are from belongs to their name."""
    length = place_prefix(text)
    return 0 if length and VISITORS.match(text, length) else length


def _opens(place: str, text: str) -> str | None:
    """The word of a place of the table that opens the text."""
    for word in _starts(place).get(text[:1], ()):
        if text.startswith(word):
            return word
    return None


def _span_or_payer(text: str) -> int:
    """Length of a span (3年内), of what a subject makes (研制的), of who pays (由省财政), of the way it was reckoned
    (按可比价格计算) or who told it (统计局公布), that opens the text."""
    match = _OPENING.match(text)
    return match.end() if match else 0


def relative_at(text: str) -> bool:
    """The text opens with a relative clause on a noun, whose verb belongs to it: 获得绿色认证的产品."""
    verb = _opens("relative", text)
    return verb is not None and _RELATIVE.match(text, len(verb)) is not None


def stative_at(text: str) -> int | None:
    """Where a clause without figures says something of its noun (不断增多, 偏少), after at least two characters."""
    starts = _starts("stative")
    for index in range(2, len(text)):
        if (words := starts.get(text[index])) and text[: index + 6].startswith(words, index):
            return index
    return None


@lru_cache(maxsize=4096)
def trim_tail(text: str) -> tuple[str, bool]:
    """Without the words of bound and measure that close it, and whether 年均 was among them."""
    yearly = False
    while text:
        text = text.rstrip(_TAIL_EDGE)
        if text[-1:] in _TIME_ENDS:
            text = _TIME_END.sub("", text)
        if (text[-1:] == "超" and _SURPLUS.search(text)) or _closes("tail_noun", text):
            return text, yearly
        kept = _closes("tail_keep", text)
        if kept:
            yearly = True
        cut = kept or _closes("tail", text)
        if not cut:
            return text, yearly
        text = text[: -len(cut)]
    return text, yearly


def _closes(place: str, text: str) -> str | None:
    """The word of a place of the table that closes the text."""
    for word in _ends(place).get(text[-1:], ()):
        if text.endswith(word):
            return word
    return None


def event_at(text: str) -> int | None:
    """Where a predicate begins (入选, 投入, 达到 …) after at least two characters of noun; None where none does."""
    quoted, shortest, starts = False, _shortest(text), _starts("event")
    for index, character in enumerate(text):
        if character in "“《（(":
            quoted = True
        elif character in "”》）)":
            quoted = False
        elif character in starts and index >= shortest and not quoted and _event(text, index):
            return index
    return None


def _shortest(text: str) -> int:
    """The shortest noun: 9个市, 12个县 count by one character."""
    return 1 if text[:1] in _AREAS else 2


def opens_with_event(text: str) -> bool:
    """The text begins with a predicate."""
    return _event(text, 0)


def opens_with_verb(text: str) -> bool:
    """The text begins with a predicate, or with a verb that may open a relative clause (入驻…)."""
    return _event(text, 0) or _opens("relative", text) is not None


def _event(text: str, at: int) -> bool:
    """A predicate begins here; 集聚区, 发布会, 投入产出 are nouns."""
    for word in _starts("event").get(text[at : at + 1], ()):
        if text.startswith(word, at):
            return text[at + len(word) : at + len(word) + 1] not in _NOUN_ENDINGS
    return False


_AREAS = frozenset("市县区州村乡镇")
_NOUN_ENDINGS = frozenset("区群率者性力化会产量")


@cache
def _heads() -> tuple[str, ...]:
    return tuple(sorted((r["word"] for r in seed_rows("head_nouns")), key=lambda w: (-len(w), w)))


def head_of(text: str) -> str | None:
    """The noun of measure that closes the phrase: 增加值 in 纺织业增加值."""
    for head in _heads_by_end().get(text[-1:], ()):
        if text.endswith(head):
            return head
    return None


@cache
def _heads_by_end() -> dict[str, tuple[str, ...]]:
    return {end: tuple(head for head in _heads() if head[-1] == end) for end in {head[-1] for head in _heads()}}


def head_in(text: str) -> str | None:
    """A noun of measure inside the phrase: 订单 in 主要订单来源."""
    return next((head for head in _heads() if len(head) > 1 and head in text), None)


def split_list(text: str, count: int) -> list[str] | None:
    """``count`` coordinated phrases, each with the head noun or first part it shares with its neighbours; None where they are not so many."""
    for mark in ("、", _AND):
        parts = [part.strip(_EDGE) for part in re.split(mark, text)]
        if len(parts) == count and all(parts):
            return share_parts(parts)
    return None


def graded_parts(text: str, count: int) -> list[str] | None:
    """国家级、省级示范渔港 as two names; None where the grades are not so many."""
    parts = [part.strip(_EDGE) for part in re.split(_AND, text)]
    graded = all(_GRADES.fullmatch(part) for part in parts[:-1]) and _GRADES.match(parts[-1])
    if len(parts) != count or not graded:
        return None
    shared = _GRADES.sub("", parts[-1], count=1)
    return [part + shared for part in parts[:-1]] + [parts[-1]]


def share_parts(parts: list[str]) -> list[str]:
    """Give each item what it shares: 公路、铁路投资 → 公路投资."""
    if all(_ORDINAL.fullmatch(part) for part in parts[:-1]) and (last := _ORDINAL.match(parts[-1])):
        shared = parts[-1][last.end() :]
        return [f"第{part.removeprefix('第')}{shared}" for part in (*parts[:-1], last[0])]
    if all(_SIZES.fullmatch(part) for part in parts[:-1]) and _SIZES.match(parts[-1]):
        return [part + parts[-1][1:] for part in parts[:-1]] + [parts[-1]]
    head = head_of(parts[-1])
    kind = _KIND_END.search(parts[-1].removesuffix(head or ""))
    if kind and kind.start() >= 2 and not any(_KIND_END.search(part) or head_of(part) for part in parts[:-1]):
        return [part + kind[0] + (head or "") for part in parts[:-1]] + [parts[-1]]
    if head and head != parts[-1] and not any(head_of(part) for part in parts[:-1]):
        return [part + head for part in parts[:-1]] + [parts[-1]]
    first_head = head_of(parts[0])
    prefix = parts[0][: -len(first_head)] if first_head else ""
    if len(prefix) >= 4:
        return [parts[0]] + [prefix + part if len(part) <= 4 and head_of(part) else part for part in parts[1:]]
    return parts
