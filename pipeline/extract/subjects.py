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
from pipeline.extract.about import GOES_ON, TURNS, leads
from pipeline.extract.firms import IS_FIRM, KIND_OF_FIRM, REPORTS, TELLS
from pipeline.extract.listed_names import listed_names
from pipeline.extract.operators import branches
from pipeline.extract.phrases import PLACED, event_at, opens_with_verb, trim_lead
from pipeline.extract.places import Place
from pipeline.extract.quoted_names import quoted_names
from pipeline.extract.short_names import short_names
from pipeline.extract.sights import sight_of
from pipeline.extract.speakers import Voice, says_we, voice_of

_MARK = re.compile(r"[，,。；;：:、！？\n　 《》“”…]")
# A name holds no verb and no 的 between its place and its suffix.
_NO_NAME = re.compile(
    r"的|建设|打造|推进|布局|实施|新增|建成|支持|深化|加快|开展|发展|获批|入选|获评|成为|培育|推动|拥有|集聚了|设立|和|与|及|等|市场|将|已|投资|上市|签约|一共|累计|谋划|储备|引进|[两三四五六七八九]港|提出|表示|指出|宣布|强调"
)
# 第七届…建设发展大会: the name of a meeting may hold them.
_NO_EDITION = re.compile(r"的|新增|获批|入选|成为|将|已|等|签约|上市|在")
_EDITION_END = re.compile(r"第[一二三四五六七八九十\d]{1,3}届$")
_THIS_FAIR = re.compile(
    r"^[\s　]*(?:本届|此届|该届|这届)[\u4e00-\u9fff]{0,6}?(?:博览会|交易会|大会|峰会|展会|展览会|[\u4e00-\u9fff][博交洽贸广]会|电影节|文化节)(?=[\u4e00-\u9fff])"
)
_EDITION = re.compile(r"第[一二三四五六七八九十\d]{1,3}届")
_AFTER_LIST = re.compile(r"^(?:、|[\u4e00-\u9fff]{0,4}等(?!级|于)|和|与|及)")
# 县人民医院, 省图书馆: begun by the level of government, and all of one phrase.
_PUBLIC = re.compile(r"[省市县区州](?!级|属|内|域|区|委)")
_GENERIC = re.compile(
    r"^(?:归属|归母|隶属|控股|参股|全资|从|由|在|各|全|主要|特色|建成|规划|布局|认定|培育|创建|拥有|新增|支线|国内|国际|通用|民用|军用|重点|旅游|星级|知名|热门|部分|大型|传统|红色|乡村|国家级|省级|市级|高等级|[1-5一二三四五]?A级|新|首批|多|一批|该|本|这|推动|推进|建设|打造|支持|加快|实施|提升|完善|工业|重大|大科学|政务|公共|综合|现代)"
)
_PUBLIC_KINDS = frozenset({"医院", "大学", "学院", "平台"})
_SERVES = re.compile(r"(?:一体化|在线|统一)[\u4e00-\u9fff]*(?:服务|监管|交易|办事|招聘|预约|交换|调度|监测|管理)$")
# Subjects of whom the next sentence may go on to speak.
_STAYING = frozenset({"company", "park", "institute", "university", "hospital"})
_LONGEST = {"有限公司": 20, "平台": 14, "设施": 20}
# A name of two characters stands apart: 惠农行动 does not name 农行.
_ALONE = re.compile(r"(?:^|[^\u4e00-\u9fff\dA-Za-z]|[由在从对与和及是为向被将据的])$")
# 中科 is a park, 中科院 none.
_LONGER = re.compile(r"[院大曙创系招金云星美软微网健飞环信英科技]")
_FIRM_ENDS = frozenset({"公司", "集团", "有限公司"})
_REACHED_BY = re.compile(r"(?:来到|走进|走访|探访|参观|前往|记者从|位于|作为|据)")
_COUNTED = re.compile(
    r"(?:总数|数量|总量)?(?:已|共|达到?|有|增至|增加到|发展到|建成|为|超过?|近|约|突破)*[\d一二两三四五六七八九十百]+[多余]?[个座处]"
)
_SAYS = re.compile(r"[\u4e00-\u9fff“]")
# What organisations.csv calls them, by the kinds of subject_suffixes.csv.
_KIND_OF_TYPE = {"research_institute": "institute"}


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
            kinds[name] = _KIND_OF_TYPE.get(row["type"], row["type"])
    kinds |= {row["name"]: row["kind"] for row in seed_rows("known_names")}
    names = tuple(sorted(kinds))
    return ahocorasick_rs.AhoCorasick(names, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest), names, kinds


@cache
def _suffixes() -> tuple[ahocorasick_rs.AhoCorasick, tuple[str, ...], dict[str, str]]:
    kinds = {row["suffix"]: row["kind"] for row in seed_rows("subject_suffixes")}
    words = tuple(sorted(kinds))
    return ahocorasick_rs.AhoCorasick(words, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest), words, kinds


def _rows_standing(*ways: str) -> list[dict[str, str]]:
    """Suffixes by how they stand without a name of their own: for the name before, at the head of a clause, as a whole name."""
    return [row for row in seed_rows("subject_suffixes") if row["anaphor"] in ways]


@cache
def _anaphor() -> re.Pattern[str]:
    words = sorted((r["suffix"] for r in _rows_standing("yes", "both")), key=len, reverse=True)
    return re.compile(
        rf"^[\s　“]*(?:目前|如今|去年|今年)?[，,]?(?:该|本|这家|本届|本次|此次|这次|这届)?({'|'.join(words)})(?=[\u4e00-\u9fff])"
    )


def without_anaphor(text: str) -> str:
    """The words after 公司 or 园区 that stands for a name: 公司有员工 gives 有员工."""
    match = _anaphor().match(text) or _THIS_FAIR.match(text)
    return text[match.end() :] if match else text


def find_names(text: str, places: list[Place]) -> list[Name]:
    """Names of the whole text, in order and not overlapping; ``places`` are all place names, those inside names too."""
    matcher, words, kinds = _known()
    found = [
        Name(s, e, words[i], kinds[words[i]])
        for i, s, e in matcher.find_matches_as_indexes(text)
        if e - s > 2 or (_ALONE.search(text, max(0, s - 1), s) and not _LONGER.match(text, e))
    ]
    found += _built_names(text, places)
    found += [Name(start, end, short, "body") for start, end, short in short_names(text)]
    found += [Name(*quoted) for quoted in quoted_names(text)]
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
    found = [Name(start, end, text[start:end], "company") for start, end in branches(text, places)]
    for index, start, end in matcher.find_matches_as_indexes(text):
        floor = max(0, start - 24)
        marks = [m.end() for m in _MARK.finditer(text, floor, start)]
        floor = marks[-1] if marks else floor
        edition = _EDITION_END.search(text, floor, start)
        whole = edition.start() if edition else start
        begin = whole if words[index] in _whole() else _name_start(text, floor, start, places, starts)
        if begin is None and words[index] in _FIRM_ENDS:
            begin = _firm_start(text, floor, start)
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
        barred = _NO_EDITION if _EDITION.match(name) else _NO_NAME
        if 3 <= len(name) <= 30 and not barred.search(name[2:]):
            found.append(Name(begin, end, name, kinds[words[index]]))
    return found


def _firm_start(text: str, floor: int, suffix: int) -> int | None:
    """Where the name of a firm begins that no place opens: at its clause, or after words such as 走进, with a word of its own before its kind."""
    if reached := _REACHED_BY.match(text, floor, suffix):
        floor = reached.end()
    words = text[floor:suffix]
    own = words[: KIND_OF_FIRM.search(words).start()]  # type: ignore[union-attr]
    plain = (
        2 <= len(own) <= 8
        and own.isalnum()
        and trim_lead(words) == words
        and not opens_with_verb(words)
        and not _NO_NAME.search(words)
        and event_at("本社" + words) is None
    )
    return floor if plain and not _GENERIC.match(words) and len(words) <= 16 else None


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
    proper = (
        text.startswith(("国际", "国家"), floor)
        and text[floor + 2 : floor + 3] != "级"
        and text[suffix : suffix + 2] != "工厂"
    )
    return floor if proper and floor < suffix else None


@cache
def _opening() -> frozenset[str]:
    return frozenset(row["suffix"] for row in _rows_standing("opening", "both"))


@cache
def _whole() -> frozenset[str]:
    return frozenset(row["suffix"] for row in _rows_standing("whole"))


def named_stretches(text: str, names: list[Name]) -> list[tuple[int, int]]:
    """Stretches that names or titles (《…》) take, sorted, overlapping ones joined."""
    titles = [match.span() for match in re.finditer(r"《[^《》\n]{1,60}》", text)]
    merged: list[tuple[int, int]] = []
    for start, end in sorted([(name.start, name.end) for name in names] + titles):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _holds(text: str, name: Name) -> bool:
    """Words follow the name, no number of it: a platform or park that is counted is no subject."""
    if name.kind == "park" and _COUNTED.match(text, name.end):
        return False
    return name.kind not in {"platform", "product"} or _SAYS.match(text, name.end) is not None


@dataclass
class Subjects:
    """The names met while a document is read, for 公司 and 园区 that stand for the one named last.

    ``carries``: a sentence without a name or place goes on about the one the sentence before it in its paragraph was about, as news does;
    ``item``: the one a whole piece of news is about."""

    last: dict[str, str]
    carries: bool = False
    item: tuple[str, str] | None = None
    held: tuple[str, str] | None = None
    main: tuple[str, str] | None = None
    voice: Voice | None = None

    def begin(self, text: str, start: int, end: int, names: list[Name]) -> None:
        """A passage begins, perhaps in the words of an organisation's own people."""
        goes_on = self.carries and GOES_ON.match(text, start, end) is not None
        self.held = self.main if goes_on else None
        self.main = self.main if goes_on else None
        self.voice = voice_of(text, start, end, names, self.last.get("company"))

    def of(
        self, text: str, clauses: tuple[tuple[int, int], ...], names: list[Name], placed: bool
    ) -> list[tuple[int, str | None, str]]:
        """Where in the sentence which subject begins to hold: (offset, subject or None, kind); ``placed`` where its first clause names a place."""
        found: list[tuple[int, str | None, str]] = []
        voice = self.voice
        if voice is not None and not voice.only_we and clauses[0][0] < voice.start < clauses[-1][1]:
            found.append((voice.start, voice.subject, voice.kind))
        elif voice is not None and not voice.only_we and voice.start <= clauses[0][0]:
            found.append((clauses[0][0], voice.subject, voice.kind))
        held = self.held or self.item
        if held and self.carries and not placed and not TURNS.match(text, clauses[0][0]):
            found.append((clauses[0][0], *held))
        self.held, before = None, ""
        for start, end in clauses:
            if voice is not None and voice.only_we and voice.start <= start and says_we(text[start:end]):
                found.append((start, voice.subject, voice.kind))
            here = [name for name in names if start <= name.start and name.end <= end]
            first = here[0] if here else None
            led = text[start : first.start] if first else ""
            if first is not None and leads(led, text[first.end : end + 1]) and _holds(text, first):
                told = TELLS.match(text, first.end) or _AFTER_LIST.match(text[first.end : end + 1])
                if first.kind != "government_body" and not told:
                    found.append((first.end, first.text, first.kind))
            elif match := REPORTS.match(text[start:end]) or IS_FIRM.match(text[start:end]):
                found.append((start + match.end(), match["who"], "company"))
                self.last["company"] = match["who"]
            elif sight := sight_of(text[start:end], before):
                found.append((start + sight[0], sight[1], "park"))
            elif match := _anaphor().match(text[start:end]):
                kind = _suffixes()[2][match[1]]
                if kind in self.last:
                    found.append((start, self.last[kind], kind))
            items = listed_names(text, start, [(n.start, n.end, n.text, n.kind) for n in here])
            found += [entry for entry in items if entry not in found]
            for name in here:
                self.last[name.kind] = name.text
            before = text[start:end]
        found.sort(key=lambda entry: entry[0])
        staying = [(name, kind) for _, name, kind in found if name and kind in _STAYING]
        self.main = self.main or (staying[0] if staying else None)
        if staying and found[-1][1] == staying[-1][0]:
            self.held = staying[-1]
        return found
