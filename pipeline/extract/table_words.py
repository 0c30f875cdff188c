"""What heads, labels and captions of tables name, and what they print as units, in the words that stand there."""

import re
from collections.abc import Sequence
from functools import cache

from pipeline.contract.late import Late
from pipeline.extract.frames import strip_brackets
from pipeline.extract.grid import Figure, plain_head, table_words
from pipeline.extract.numerals import fold
from pipeline.extract.phrases import head_of, trim_lead, trim_tail
from pipeline.extract.table_cells import is_unit

_BRACKET = Late(r"[（(\[〔]([^（()）\[\]〔〕]{1,12})[）)\]〕]")
UNIT_NOTE = Late(r"(?:计量)?单位\s?[:：]\s?([^）)\]\s]{1,24})")
_TRAILING = Late(r"[/／]\s?([^/／\s]{1,8})$|(%|‰|百分点)$")
_MARKS = Late(r"[#＃★☆*＊①-⑳±＋+]|[\[〔]\d{1,2}[\]〕]")
_PLUS_MINUS = Late(r"[（(](?:±|[+＋]/?[-－−])\s?[%％]?[）)]$")
_NUMBERING = Late(
    r"^\s*(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,2}[）)]|\d{1,2}(?:[、．]|\.(?!\d))|其中[:：]?|[:：、])\s*"
)
CAPTION = Late(r"^.{0,8}?(?:附表|表|专栏)\s?[\d一二三四五六七八九十]+(?:[-—.－]\d+)*\s*[:：、.．]?")
_CAPTION_LEAD = Late(
    r"^(?:各市|各区县?|各县区?|各地区?|历年|近年来?|主要|分(?:市|月|季度?|行业|产业|地区|区域|县区?|区县|品种|产品|经济类型|登记注册类型|类型|类别|项目|科目))+"
)
_COUNTS = re.compile(r"[数量]$|人次|用户|销量")
_MEASURES = Late(r"[数量额值率积费税款重]$")
_PART, _BRANCH = Late(r"[#＃]|其中|(?:[—-]{1,2}|·)(?=[\u4e00-\u9fff])"), Late(r"(?:业|居民|经济)$")
_CAPTION_BY = Late(
    r"(?:分(?:市|月|季度?|行业|产业|地区|区域|县区?|区县|品种|产品|经济类型|登记注册类型|类型|类别|项目|科目))+$"
)
# 比上年同期累计, 本年本月止累计到达: times and what is reckoned for them, no indicator.
_COMPARES = Late(
    r"(?:[比较](?:上|去)[年月](?:同期|同月|同季|末|底)?|同比|环比|本年|今年|本月|当月|上年|去年|同期|自?年初(?:以来|至今)?|止|末|累计|到达|完成|增减|增长)+[额数值量]?"
)
_TIME_LEAD = Late(r"^(?:(?:19|20)\d{2}年?|(?:1[0-2]|[1-9])月(?:份)?)")
OF_YEARS = Late(r"(?:19|20)\d{2}\s?年?\s?(?:[—–\-－~～至到]|——)\s?(?:19|20)\d{2}\s?年?(?:度|间|期间)?")


def units_in(text: str) -> list[str]:
    """The units that a head, label or caption prints: ``产值（亿元）``, ``单位：亿元、%``, ``增速%``, ``产量/万吨``."""
    noted = UNIT_NOTE.search(text)
    parts = re.split(r"[、，,；;和及]", noted[1]) if noted else [m[1] for m in _BRACKET.finditer(text)]
    if not noted and text.rstrip().endswith(tuple("）)]〕")) and parts and is_unit(parts[-1].strip()):
        parts = parts[-1:]  # 街道（社区）覆盖率（%）: the bracket at the end holds the unit
    if not parts and (trailing := _TRAILING.search(text.strip())):
        parts = [trailing[1] or trailing[2]]
    cleaned = [re.sub(r"^单位\s?[:：]?|^[±+＋]", "", part.strip()) for part in parts]
    return [part for part in cleaned if is_unit(part)]


def is_growth(head: str) -> bool:
    """Whether a head says that its column holds growth: 同比（%）, 比上年增减, 增速."""
    if _PLUS_MINUS.search(head):
        return True
    plain = _MARKS.sub(lambda mark: "±" if mark[0] == "±" else "", strip_brackets(head)).strip()
    plain = re.sub(r"[\s%％]", "", plain)
    return any(plain.endswith(word) for word in table_words("growth"))


def of_kind(kind: str, head: str) -> bool:
    """Whether a head or label ends with a table word of a kind."""
    return any(plain_head(head).endswith(word) for word in table_words(kind))


def grows(figure: Figure) -> bool:
    """Whether a figure is growth: by its head or label; a total in brackets in a column of yearly growth by its label alone."""
    return is_growth(figure.label) or (is_growth(figure.heads[0]) and not figure.cumulative)


def falls(figure: Figure) -> bool:
    """Whether a figure is a decline that prints no minus: 降低（%）."""
    told = [text for text in (figure.heads[0], figure.label) if is_growth(text)]
    return any(of_kind("fall", re.sub(r"[\s%％]+$", "", text)) for text in told)


def plain(text: str) -> str:
    """Without numbering, marks, brackets and a unit behind a stroke."""
    words = re.sub(r"\s", " ", strip_brackets(_MARKS.sub("", text))).strip()
    trailing = _TRAILING.search(words)
    if trailing and (not trailing[1] or is_unit(trailing[1])):
        words = words[: trailing.start()]
    while (numbered := _NUMBERING.match(words)) is not None and numbered.end():
        words = words[numbered.end() :]
    return words.strip()


def name_of(text: str) -> str:
    """The indicator in a head or label: nothing for words that only tell what a column holds, for times and growth."""
    parts = []
    for part in plain(text).split(" "):
        untimed = _TIME_LEAD.sub("", fold(plain_head(part)))
        if {plain_head(part), untimed} & table_words("generic") or _COMPARES.fullmatch(untimed):
            continue
        named = _without_ends(_TIME_LEAD.sub("", OF_YEARS.sub("", fold(part))))
        named = trim_lead(named)
        tail = trim_tail(named)[0]
        named = tail if len(tail) >= 2 else named
        if named and named not in table_words("generic") and named not in table_words("rank"):
            parts.append(named)
    return "".join(parts)


def _without_ends(named: str) -> str:
    """Without the words of growth and rank that close it."""
    while True:
        shorter = next((named[: -len(word)] for word in _ends() if named.endswith(word)), None)
        if shorter is None:
            return named
        named = shorter


@cache
def _ends() -> tuple[str, ...]:
    return tuple(sorted(table_words("growth") | table_words("rank"), key=lambda word: (-len(word), word)))


def joined(label: str, head: str) -> str:
    """Label and head as one phrase; once where one says the other."""
    if not label or not head:
        return label or head
    if head in label or (head[-1] in "量额数" and label[-1] == head[-1]):
        return label
    return head if label in head else label + head


def caption_name(captions: Sequence[str]) -> str:
    """What a table is called, without its number, time, place and the word for a table."""
    for caption in reversed(captions):
        named = UNIT_NOTE.sub("", strip_brackets(caption))
        named = trim_lead(OF_YEARS.sub("", CAPTION.sub("", named.strip())))
        for _ in range(3):
            named = named.rstrip(" ：:，")
            closing = sorted((w for w in table_words("caption_end") if named.endswith(w)), key=len)
            named = named.removesuffix(closing[-1]) if closing else named
        named = _CAPTION_BY.sub("", _CAPTION_LEAD.sub("", named)).strip(" ：:，")
        if len(named) >= 2 and named not in table_words("generic"):
            return named
    return ""


def specified(indicator: str, captions: Sequence[str]) -> str:
    """产量 in a table of 粮食产量 is 粮食产量."""
    named = caption_name(captions)
    return named if named and len(named) <= 16 and named.endswith(indicator) else indicator


def measured(label: str, captions: Sequence[str], counted: bool) -> str:
    """A label without a noun of measure, under a head that has none either (工业 | 绝对额), with the noun of the caption
    (分行业增加值). ``counted``: the figure is a count, which only a noun of counts suits."""
    if not label or head_of(label) not in {None, "企业"} or _MEASURES.search(label):
        return label
    named = caption_name(captions)
    head = head_of(named)
    if head is None or len(head) < 2 or head == "企业" or label in named or (counted and not _COUNTS.search(head)):
        return label
    return label + head


def noun_told(label: str) -> str:
    """The noun of measure that closes a label, for the parts in the rows below it: 增加值 of 规上工业增加值, and of 生产总值."""
    named = name_of(label)
    if named.endswith(("生产总值", "GDP")):
        return "增加值"
    head = head_of(named)
    return head if head is not None and len(head) > 1 and head not in {"企业", "用户", "基站", "比重", "占比"} else ""


def part_of(label: str, named: str, over: str) -> str:
    """A part named without its noun of measure (其中：轻工业, #绿茶, 第一产业) with that of the row it belongs to; empty for others."""
    if not named or not over or head_of(named) is not None or _MEASURES.search(named):
        return ""
    return named + over if is_part(label) else ""


def is_part(label: str) -> bool:
    """A label that may name a part of the row above it: marked as one, or a branch without a noun of measure."""
    return _PART.match(label.strip()) is not None or _BRANCH.search(name_of(label)) is not None


def without_fixed(told: str) -> str:
    """A head or label without names that hold a word of statement and tell none (公共预算收入, 预期寿命)."""
    for word in sorted(table_words("fixed"), key=lambda word: (-len(word), word)):
        told = told.replace(word, "")
    return told
