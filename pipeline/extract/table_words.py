"""What heads, labels and captions of tables name, and what they print as units, in the words that stand there."""

import re
from collections.abc import Sequence
from functools import cache

from pipeline.extract.frames import strip_brackets
from pipeline.extract.grid import Figure, plain_head, table_words
from pipeline.extract.numerals import fold
from pipeline.extract.phrases import trim_lead, trim_tail
from pipeline.extract.table_cells import is_unit

_BRACKET = re.compile(r"[（(\[〔]([^（()）\[\]〔〕]{1,12})[）)\]〕]")
UNIT_NOTE = re.compile(r"(?:计量)?单位\s?[:：]\s?([^）)\]\s]{1,24})")
_TRAILING = re.compile(r"[/／]\s?([^/／\s]{1,8})$|(%|‰|百分点)$")
_MARKS = re.compile(r"[#＃★☆*＊①-⑳±＋+]|[\[〔]\d{1,2}[\]〕]")
_NUMBERING = re.compile(
    r"^\s*(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,2}[）)]|\d{1,2}(?:[、．]|\.(?!\d))|其中[:：]?|[:：、])\s*"
)
CAPTION = re.compile(r"^.{0,8}?(?:附表|表|专栏)\s?[\d一二三四五六七八九十]+(?:[-—.－]\d+)*\s*[:：、.．]?")
_CAPTION_LEAD = re.compile(r"^(?:(?:各市|各区县?|各县区?|各地区?|分市|分月|分季度|历年|近年来?|主要))+")
_TIME_LEAD = re.compile(r"^(?:(?:19|20)\d{2}年?|(?:1[0-2]|[1-9])月(?:份)?)")
OF_YEARS = re.compile(r"(?:19|20)\d{2}\s?年?\s?(?:[—–\-－~～至到]|——)\s?(?:19|20)\d{2}\s?年?(?:度|间|期间)?")


def units_in(text: str) -> list[str]:
    """The units that a head, label or caption prints: ``产值（亿元）``, ``单位：亿元、%``, ``增速%``, ``产量/万吨``."""
    noted = UNIT_NOTE.search(text)
    parts = re.split(r"[、，,；;和及]", noted[1]) if noted else [m[1] for m in _BRACKET.finditer(text)]
    if not parts and (trailing := _TRAILING.search(text.strip())):
        parts = [trailing[1] or trailing[2]]
    cleaned = [re.sub(r"^单位\s?[:：]?|^[±+＋]", "", part.strip()) for part in parts]
    return [part for part in cleaned if is_unit(part)]


def is_growth(head: str) -> bool:
    """Whether a head says that its column holds growth: 同比（%）, 比上年增减, 增速."""
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
    if head in label:
        return label
    return head if label in head else label + head


def caption_name(captions: Sequence[str]) -> str:
    """What a table is called, without its number, time, place and the word for a table."""
    for caption in reversed(captions):
        named = UNIT_NOTE.sub("", strip_brackets(caption))
        named = trim_lead(OF_YEARS.sub("", CAPTION.sub("", named.strip())))
        for _ in range(2):
            closing = sorted((w for w in table_words("caption_end") if named.endswith(w)), key=len)
            named = named.removesuffix(closing[-1]) if closing else named
        named = _CAPTION_LEAD.sub("", named).strip(" ：:，")
        if len(named) >= 2 and named not in table_words("generic"):
            return named
    return ""


def specified(indicator: str, captions: Sequence[str]) -> str:
    """产量 in a table of 粮食产量 is 粮食产量."""
    named = caption_name(captions)
    return named if named and len(named) <= 16 and named.endswith(indicator) else indicator
