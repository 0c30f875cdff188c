"""Names of organisations, parks, events and projects, and the one a figure is about.

A name is a row of ``organisations.csv``, or runs from a place name, 第N届 or a quoted name to a word of ``subject_suffixes.csv``
(沈阳…公司, 第八届…博览会). A figure is about a name that opens its clause, or an earlier clause of its sentence, and is no item of a list.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache

import ahocorasick_rs

from pipeline.contract.seed import seed_rows
from pipeline.extract.frames import Slot
from pipeline.extract.nouns import has_noun_after
from pipeline.extract.phrases import PLACED, trim_lead
from pipeline.extract.places import Place
from pipeline.extract.whereabouts import Where

_MARK = re.compile(r"[，,。；;：:、！？\n　 《》“”…]")
# A name holds no verb and no 的 between its place and its suffix.
_NO_NAME = re.compile(
    r"的|建设|打造|推进|布局|实施|新增|建成|支持|深化|加快|开展|发展|获批|入选|获评|成为|培育|推动|拥有|集聚了|设立|和|与|及|等|市场|将|已|投资|上市|[两三四五六七八九]港"
)
_EDITION = re.compile(r"第[一二三四五六七八九十\d]{1,3}届")
_AFTER_LIST = re.compile(r"^(?:、|[\u4e00-\u9fff]{0,4}等(?!级|于)|和|与|及)")
# 入驻…园, 迁入…中心: the name is the object of what is counted.
_ENTERED = re.compile(r"(?:入选|获批|迁入|入驻|落户|进入|加入|纳入|列入|接入|服务|支持|对接|依托|借助|通过|在|由|、)$")
# “海鸥一号”科考船: a quoted name and its kind.
_QUOTED = re.compile(
    r"“[^“”，。；\n]{1,14}”(?:[\u4e00-\u9fff]{0,6}?(?:船|舰|号|卫星|火箭|机器人|列车|专列|班列|装置|客机|飞机|平台|系统|小程序|大模型|联赛))?"
)
_QUOTED_KIND = re.compile(r"”[\u4e00-\u9fff]+$")
# 县人民医院, 省图书馆: begun by the level of government, and all of one phrase.
_PUBLIC = re.compile(r"[省市县区州](?!级|属|内|域|区|委)")
_GENERIC = re.compile(
    r"^(?:各|全|主要|重点|旅游|星级|知名|热门|部分|大型|传统|红色|乡村|国家级|省级|市级|高等级|[1-5一二三四五]?A级|新|首批|多|一批|该|本|这|推动|推进|建设|打造|支持|加快|实施|提升|完善|工业|重大|大科学|政务|公共|综合|现代)"
)
_PUBLIC_KINDS = frozenset({"医院", "大学", "学院", "平台"})
_SERVES = re.compile(r"(?:一体化|在线|统一)[\u4e00-\u9fff]*(?:服务|监管|交易|办事|招聘|预约|交换|调度|监测|管理)$")
_LONGEST = {"平台": 14, "设施": 20}
# 远山电子公布4月营收: who publishes figures of a time of its own, no office.
_REPORTS = re.compile(
    r"^[\s　]*(?P<who>[\u4e00-\u9fff]{3,10}?(?<![局署部厅处会院委府人室台站网]))(?:公布|披露|公告)(?=第[一二三四1-4]季|\d{1,2}月|上半年|去年)"
)
_SAYS = re.compile(r"[\u4e00-\u9fff“]")


@dataclass(frozen=True, slots=True)
class Name:
    """A named organisation, park, event or project at ``start``-``end``."""

    start: int
    end: int
    text: str
    kind: str


@cache
def _known() -> tuple[ahocorasick_rs.AhoCorasick, tuple[str, ...], dict[str, str]]:
    kinds: dict[str, str] = {}
    for row in seed_rows("organisations"):
        for name in {row["name_zh"], *row["aliases"].split("|")} - {""}:
            kinds[name] = row["type"]
    names = tuple(sorted(kinds))
    return ahocorasick_rs.AhoCorasick(names, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest), names, kinds


@cache
def _suffixes() -> tuple[ahocorasick_rs.AhoCorasick, tuple[str, ...], dict[str, str]]:
    kinds = {row["suffix"]: row["kind"] for row in seed_rows("subject_suffixes")}
    words = tuple(sorted(kinds))
    return ahocorasick_rs.AhoCorasick(words, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest), words, kinds


@cache
def _anaphor() -> re.Pattern[str]:
    words = sorted((r["suffix"] for r in seed_rows("subject_suffixes") if r["anaphor"] == "yes"), key=len, reverse=True)
    return re.compile(rf"^[\s　“]*(?:目前|如今|去年|今年)?[，,]?(?:该|本|这家)?({'|'.join(words)})(?=[\u4e00-\u9fff])")


def without_anaphor(text: str) -> str:
    """The words after 公司 or 园区 that stands for a name: 公司有员工 gives 有员工."""
    match = _anaphor().match(text)
    return text[match.end() :] if match else text


def find_names(text: str, places: list[Place]) -> list[Name]:
    """Names of the whole text, in order and not overlapping; ``places`` are all place names, those inside names too."""
    matcher, words, kinds = _known()
    found = [Name(s, e, words[i], kinds[words[i]]) for i, s, e in matcher.find_matches_as_indexes(text)]
    found += _built_names(text, places)
    found += [Name(m.start(), m.end(), m[0], "product") for m in _QUOTED.finditer(text) if _QUOTED_KIND.search(m[0])]
    found.sort(key=lambda name: (name.start, -name.end))
    kept: list[Name] = []
    for name in found:
        if kept and name.start < kept[-1].end:
            if name.end > kept[-1].end and name.start == kept[-1].start:
                kept[-1] = name
            continue
        kept.append(name)
    return kept


def _built_names(text: str, places: list[Place]) -> list[Name]:
    """Names that run from a place or an edition to a suffix."""
    matcher, words, kinds = _suffixes()
    starts = [place.start for place in places]
    found = []
    for index, start, end in matcher.find_matches_as_indexes(text):
        floor = max(0, start - 24)
        marks = [m.end() for m in _MARK.finditer(text, floor, start)]
        floor = marks[-1] if marks else floor
        begin = start if words[index] in _whole() else _name_start(text, floor, start, places, starts)
        opens = words[index] in _opening() and 2 <= start - floor <= _LONGEST.get(words[index], 6)
        if (
            begin is None
            and opens
            and not _GENERIC.match(text[floor:start])
            and _kind_named(words[index], text[floor:start])
        ):
            begin = floor
        if begin is None:
            continue
        name = text[begin:end]
        if 3 <= len(name) <= 30 and not _NO_NAME.search(name[2:]):
            found.append(Name(begin, end, name, kinds[words[index]]))
    return found


def _kind_named(suffix: str, before: str) -> bool:
    """A platform is a name of its own where what it serves for stands before it (就业服务平台), no kind (融资平台)."""
    return suffix != "平台" or _SERVES.search(before) is not None


def _name_start(text: str, floor: int, suffix: int, places: list[Place], starts: list[int]) -> int | None:
    """Where a name may begin between ``floor`` and its suffix: at an edition, a place, or 国际 and 国家 at the clause's start."""
    edition = _EDITION.search(text, floor, suffix)
    if edition:
        return edition.start()
    if (placed := PLACED.match(text, floor, suffix)) and placed.end() < suffix - 1:
        return placed.end()
    public = _PUBLIC.match(text, floor) is not None and text[suffix : suffix + 2] in _PUBLIC_KINDS
    if public and 1 <= suffix - floor <= 8:
        return floor
    for place in places[bisect_left(starts, floor) : bisect_left(starts, suffix)]:
        if place.scope == "region" or (text.startswith("平台", suffix) and place.scope != "reference"):
            return place.start
    proper = text.startswith(("国际", "国家"), floor) and text[floor + 2 : floor + 3] != "级"
    return floor if proper and floor < suffix else None


@cache
def _opening() -> frozenset[str]:
    return frozenset(row["suffix"] for row in seed_rows("subject_suffixes") if row["anaphor"] == "opening")


@cache
def _whole() -> frozenset[str]:
    return frozenset(row["suffix"] for row in seed_rows("subject_suffixes") if row["anaphor"] == "whole")


def titles(text: str) -> list[tuple[int, int]]:
    """Stretches inside 《…》."""
    return [match.span() for match in re.finditer(r"《[^《》\n]{1,60}》", text)]


def _holds(text: str, name: Name) -> bool:
    """Words follow the name, no number of it: a platform that is counted is no subject."""
    return name.kind not in {"platform", "product"} or _SAYS.match(text, name.end) is not None


@dataclass
class Subjects:
    """The names met while a document is read, for 公司 and 园区 that stand for the one named last."""

    last: dict[str, str]

    def of(
        self, text: str, clauses: tuple[tuple[int, int], ...], names: list[Name]
    ) -> list[tuple[int, str | None, str]]:
        """Where in the sentence which subject begins to hold: (offset, subject or None, kind)."""
        found: list[tuple[int, str | None, str]] = []
        for start, end in clauses:
            here = [name for name in names if start <= name.start and name.end <= end]
            first = here[0] if here else None
            led = text[start : first.start] if first else ""
            if first is not None and not trim_lead(led) and not _ENTERED.search(led) and _holds(text, first):
                if first.kind != "government_body" and not _AFTER_LIST.match(text[first.end : end + 1]):
                    found.append((first.end, first.text, first.kind))
            elif match := _REPORTS.match(text[start:end]):
                found.append((start + match.end(), match["who"], "company"))
            elif match := _anaphor().match(text[start:end]):
                kind = _suffixes()[2][match[1]]
                if kind in self.last:
                    found.append((start, self.last[kind], kind))
            for name in here:
                self.last[name.kind] = name.text
        return found


def loosened(about: list[tuple[int, str | None, str]], slot: Slot, window: str) -> list[tuple[int, str | None, str]]:
    """In a work report, whose sentences string unrelated facts together, a name holds for its clause, and on only where the
    next clause has no noun of its own (、增长4.4%); an event holds for its sentence."""
    words = re.sub(r"[\d.,%，、和与及]|个百分点", "", window)
    bare = len(trim_lead(words).rstrip("增长下降超近约至为达到占居第")) < 2 and not has_noun_after(slot)
    return [entry for entry in about if entry[2] == "event" or bare or entry[0] >= slot.clause_start]


def subject_at(about: list[tuple[int, str | None, str]], here: Where | None, at: int) -> str | None:
    """The name, zone or group the figure is about: the one that began to hold last."""
    named = [(start, subject) for start, subject, _ in about if start <= at]
    start, subject = named[-1] if named else (-1, None)
    if here is not None and here.start > start:
        return here.subject
    return subject
