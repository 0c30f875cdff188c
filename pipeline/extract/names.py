"""Names of organisations, parks, events, products and projects in a text.

A name is a row of ``organisations.csv`` or ``known_names.csv``, runs from a place name, 第N届 or its own first word to a word of
``subject_suffixes.csv`` (沈阳…公司, 第八届…博览会), stands in quotation marks or is a short form that the text itself gives. Words that no
name holds, that open a kind of things or tell a kind of firms are rows of ``name_words.csv``. Whom a figure is about is decided in
``subjects``.
"""

import re
from bisect import bisect_left
from functools import cache

from pipeline.contract.late import Late
from pipeline.contract.seed import seed_rows
from pipeline.extract.model import Name
from pipeline.extract.operators import branches
from pipeline.extract.phrases import PLACED, event_at, opens_with_verb, trim_lead
from pipeline.extract.places import Place
from pipeline.extract.quoted_names import quoted_names
from pipeline.extract.short_names import short_names
from pipeline.extract.vocabulary import pattern

_MARKS = frozenset("，,。；;：:、！？\n　 《》“”…")
_REACH = 24
# A name holds no verb and no 的 between its place and its suffix; that of a meeting may: 第七届…建设发展大会.
_NOT_IN_NAME, _NOT_IN_EDITION = r"<barred>|[两三四五六七八九]港", r"<barred_edition>"
# 特色产业园, 4A级景区: a kind of things.
_GENERIC = r"<generic>|[1-5一二三四五]?A级"
_EDITION, _EDITION_END = (re.compile(rf"第[一二三四五六七八九十\d]{{1,3}}届{end}") for end in ("", "$"))
# 县人民医院, 省图书馆: begun by the level of government, and all of one phrase.
_PUBLIC = Late(r"[省市县区州](?!级|属|内|域|区|委)")
_PUBLIC_KINDS = frozenset({"医院", "大学", "学院", "平台"})
# 国际…港, 位于…的研究院: names that no place begins.
_LEADS = ("届", "国际", "国家", "位于", "坐落", "地处")
_SERVES = Late(r"(?:一体化|在线|统一)[\u4e00-\u9fff]*(?:服务|监管|交易|办事|招聘|预约|交换|调度|监测|管理)$")
_LONGEST = {"有限公司": 20, "平台": 14, "设施": 20}
# A name of two characters stands apart: 惠农行动 does not name 农行.
_ALONE = Late(r"(?:^|[^\u4e00-\u9fff\dA-Za-z]|[由在从对与和及是为向被将据的])$")
# 中科 is a park, 中科院 none.
_LONGER = Late(r"[院大曙创系招金云星美软微网健飞环信英科技]")
_FIRM_ENDS = frozenset({"公司", "集团", "有限公司"})
# What organisations.csv calls them, by the kinds of subject_suffixes.csv.
_KIND_OF_TYPE = {"research_institute": "institute"}


@cache
def _known() -> dict[str, str]:
    """The names of the tables with their kinds, sorted."""
    kinds: dict[str, str] = {}
    for row in seed_rows("organisations"):
        for name in {row["name_zh"], *row["aliases"].split("|")} - {""}:
            kinds[name] = _KIND_OF_TYPE.get(row["type"], row["type"])
    kinds |= {row["name"]: row["kind"] for row in seed_rows("known_names")}
    return dict(sorted(kinds.items()))


@cache
def _suffixes() -> dict[str, str]:
    """The suffixes of names with their kinds, sorted."""
    return dict(sorted((row["suffix"], row["kind"]) for row in seed_rows("subject_suffixes")))


@cache
def known_names() -> tuple[str, ...]:
    """The names of the tables."""
    return tuple(_known())


@cache
def name_suffixes() -> tuple[str, ...]:
    """The words that names end in."""
    return tuple(_suffixes())


def suffixes_standing(*ways: str) -> list[dict[str, str]]:
    """Suffixes by how they stand without a name of their own: for the name before, at the head of a clause, as a whole name."""
    return [row for row in seed_rows("subject_suffixes") if row["anaphor"] in ways]


def find_names(
    text: str,
    places: list[Place],
    known: list[tuple[int, int, int]],
    suffixes: list[tuple[int, int, int]],
    operators: list[int],
) -> list[Name]:
    """Names of the whole text, in order and not overlapping; ``places`` are all place names, those inside names too. ``known``,
    ``suffixes`` and ``operators``: what the text holds of ``known_names``, ``name_suffixes`` and the operators (``lexicon``)."""
    words, kinds = known_names(), _known()
    found = [
        Name(s, e, words[i], kinds[words[i]])
        for i, s, e in known
        if e - s > 2 or (_ALONE.search(text, max(0, s - 1), s) and not _LONGER.match(text, e))
    ]
    found += branches(text, places, operators)
    found += _built_names(text, places, suffixes)
    found += short_names(text)
    found += quoted_names(text)
    found.sort(key=lambda name: (name.start, -name.end))
    kept: list[Name] = []
    for name in found:
        if kept and name.start < kept[-1].end:
            if name.end > kept[-1].end and name.start == kept[-1].start:
                kept[-1] = name
            continue
        kept.append(name)
    return kept


def _built_names(text: str, places: list[Place], suffixes: list[tuple[int, int, int]]) -> list[Name]:
    """Names that run from a place or an edition to a suffix."""
    words, kinds = name_suffixes(), _suffixes()
    starts = [place.start for place in places]
    found: list[Name] = []
    for index, start, end in suffixes:
        if words[index] not in _unled() and not _is_led(text, start, starts):
            continue
        floor = _floor(text, start)
        edition = _EDITION_END.search(text, floor, start) if text[start - 1 : start] == "届" else None
        whole = edition.start() if edition else start
        begin = whole if words[index] in _whole() else _name_start(text, floor, start, places, starts)
        if begin is None and words[index] in _FIRM_ENDS:
            begin = _firm_start(text, floor, start)
        opens = words[index] in _opening() and 2 <= start - floor <= _LONGEST.get(words[index], 6)
        if begin is None and opens and not pattern(_GENERIC).match(before := text[floor:start]):
            begin = floor if _kind_named(words[index], before) else None
        if begin is None:
            continue
        name = text[begin:end]
        barred = _NOT_IN_EDITION if _EDITION.match(name) else _NOT_IN_NAME
        if 3 <= len(name) <= 30 and not pattern(barred).search(name[2:]):
            found.append(Name(begin, end, name, kinds[words[index]]))
    return found


def _floor(text: str, suffix: int) -> int:
    """Where the words begin that no mark parts from the suffix."""
    lowest, at = max(0, suffix - _REACH), suffix
    while at > lowest and text[at - 1] not in _MARKS:
        at -= 1
    return at


def _firm_start(text: str, floor: int, suffix: int) -> int | None:
    """Where the name of a firm begins that no place opens: at its clause, or after words such as 走进, with a word of its own before its kind."""
    if reached := pattern("<reached>").match(text, floor, suffix):
        floor = reached.end()
    words = text[floor:suffix]
    kind = pattern("<firm_kind>+$").search(words)
    own = words[: kind.start()] if kind else words
    plain = (
        2 <= len(own) <= 8
        and own.isalnum()
        and trim_lead(words) == words
        and not opens_with_verb(words)
        and not pattern(_NOT_IN_NAME).search(words)
        and event_at("本社" + words) is None
    )
    return floor if plain and not pattern(_GENERIC).match(words) and len(words) <= 16 else None


def _kind_named(suffix: str, before: str) -> bool:
    """A platform is a name of its own where what it serves for stands before it (就业服务平台), no kind (融资平台)."""
    return suffix != "平台" or _SERVES.search(before) is not None


def _name_start(text: str, floor: int, suffix: int, places: list[Place], starts: list[int]) -> int | None:
    """Where a name may begin between ``floor`` and its suffix: at an edition, a place, or 国际 and 国家 at the clause's start."""
    if "届" in text[floor:suffix] and (edition := _EDITION.search(text, floor, suffix)):
        return edition.start()
    if (placed := PLACED.match(text, floor, suffix)) and placed.end() < suffix - 1:
        return placed.end()
    public = text[suffix : suffix + 2] in _PUBLIC_KINDS and 1 <= suffix - floor <= 8
    if public and _PUBLIC.match(text, floor):
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


def _is_led(text: str, suffix: int, starts: list[int]) -> bool:
    """A place, or a word that names begin with, stands near before the suffix: without one most suffixes end no name."""
    lowest = max(0, suffix - _REACH)
    at = bisect_left(starts, lowest)
    near = text[lowest:suffix]
    return (at < len(starts) and starts[at] < suffix) or any(word in near for word in _LEADS)


@cache
def _unled() -> frozenset[str]:
    """Suffixes that can end a name which begins with none of these."""
    public = {word for word in name_suffixes() if word[:2] in _PUBLIC_KINDS}
    return _opening() | _whole() | _FIRM_ENDS | public


@cache
def _opening() -> frozenset[str]:
    return frozenset(row["suffix"] for row in suffixes_standing("opening", "both"))


@cache
def _whole() -> frozenset[str]:
    return frozenset(row["suffix"] for row in suffixes_standing("whole"))


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
