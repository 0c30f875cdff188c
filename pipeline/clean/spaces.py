"""Blanks and line feeds: control characters go, gaps between lines become one mark, runs of blanks become one blank.

A space between two hanzi is kept, it parts names; one that holds a line feed is layout and goes.
"""

import re
from functools import cache, lru_cache

from pipeline.clean.marks import BREAK, CELL, FOLD, HANZI, is_wide
from pipeline.clean.text import Edit, Text
from pipeline.contract.late import Late
from pipeline.contract.seed import seed_rows

FEED = Late("\r\n|[\r\x0b\x0c\x85\u2028]")
CONTROL = Late(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufff9-\ufffb]+"
)
BLANKS = re.compile(f"[\t \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\n{BREAK}{CELL}{FOLD}]+")


def feeds(text: str) -> list[Edit]:
    """Every kind of line end as a line feed.

    >>> feeds("一\\r\\n二")
    [Edit(start=1, end=3, replacement='\\n', rule='newline')]
    """
    if not any(feed in text for feed in "\r\x0b\x0c\x85\u2028"):
        return []
    return [Edit(m.start(), m.end(), "\n", "newline") for m in FEED.finditer(text)]


def controls(text: str) -> list[Edit]:
    """Control and zero-width characters are deleted.

    >>> controls("数\u200b字")
    [Edit(start=1, end=2, replacement='', rule='space')]
    """
    # All of them are unprintable, and nearly all texts hold nothing unprintable beside their layout: that is told in half the time.
    if text.replace("\n", "").replace("\t", "").replace("\u3000", "").isprintable():
        return []
    return [Edit(m.start(), m.end(), "", "space") for m in CONTROL.finditer(text) if m.group() not in ("\r", "\r\n")]


def collapse(text: str) -> list[Edit]:
    """One mark for each gap between lines, no blank at either end of a line, one blank for several.

    >>> from pipeline.clean.text import Text
    >>> faulty = "　　王 一　李 二\\n\\n  产值 5 亿元 \\n"
    >>> Text(faulty, tuple(collapse(faulty))).clean
    '王 一 李 二\\n产值 5 亿元'
    """
    edits = []
    length = len(text)
    for match in BLANKS.finditer(text):
        start, end = match.span()
        run = match[0]
        if start == 0 or end == length:
            replacement = CELL * run.count(CELL)
        else:
            replacement = _collapsed(run)
            if replacement == FOLD:
                replacement = "" if is_wide(text[start - 1]) and is_wide(text[end]) else " "
        if replacement != run:
            edits.append(Edit(start, end, replacement, "space"))
    return edits


@lru_cache(maxsize=1024)
def _collapsed(run: str) -> str:
    """What stands for a run of blanks between two characters; a fold where they decide. Kept: a page has few runs."""
    if BREAK in run or "\n" in run:
        lines = re.split(f"[\n{BREAK}]+", run)
        return CELL * lines[0].count(CELL) + (BREAK if BREAK in run else "\n") + CELL * lines[-1].count(CELL)
    if CELL in run:
        return CELL * run.count(CELL)
    if "\t" in run:
        return "\t"
    return FOLD if FOLD in run else " "


# Where a blank follows a number; it begins with the blank, for which a text is searched fast.
DIGIT_SPACE = re.compile(r" (?<=[\d.,] )(?=\S)")
SPACED_NUMBER = Late(rf"(?:(?<=[{HANZI}])( ))?(?<![\d.,])(\d[\d.,]*+)( )(?=\S)")


@cache
def _unit_heads() -> frozenset[str]:
    """Characters with which a unit or classifier begins."""
    return frozenset(row["character"] for row in seed_rows("unit_heads")) | {"%"}


def unit_spaces(text: str) -> list[Edit]:
    """No blank between a number and its unit.

    >>> [(edit.start, edit.end) for edit in unit_spaces("新建 12 座基站，表3 各市产值")]
    [(2, 3), (5, 6)]
    """
    edits: list[Edit] = []
    if not any(text[match.end()] in _unit_heads() for match in DIGIT_SPACE.finditer(text)):
        return edits
    for match in SPACED_NUMBER.finditer(text):
        if text[match.end()] in _unit_heads():
            edits += [Edit(match.start(side), match.end(side), "", "space") for side in (1, 3) if match.group(side)]
    return edits


# A single feed between two lines is none.
SURPLUS = re.compile(rf"[\n{BREAK}]{{2,}}|\A[\n{BREAK}]|[\n{BREAK}]\Z")
FEEDS = ("\n", BREAK)
PAIRS = tuple(one + other for one in FEEDS for other in FEEDS)


def unmark(text: Text) -> Text:
    """The marks of structure as plain line feeds and tabs, rule ``space``.

    >>> unmark(Text("市<td>家", (Edit(1, 5, "\x1f", "tag"),))).edits
    (Edit(start=1, end=5, replacement='\\t', rule='tag+space'),)
    """
    plain = {BREAK: "\n", CELL: "\t", FOLD: " "}
    if any(mark in text.raw for mark in plain):
        marks = re.finditer(f"[{BREAK}{CELL}{FOLD}]", text.clean)
        return text.apply(Edit(m.start(), m.end(), plain[m.group()], "space") for m in marks)
    # Each mark stands in what an edit put there, and what stands for it is as long: nothing else moves.
    return text.reworded(plain, "space") if any(mark in text.clean for mark in plain) else text


def single_feeds(text: str) -> list[Edit]:
    """After lines were deleted: one mark for each gap, the one that closes a block where there is one. Each surplus mark
    is an edit of its own, so that a deleted line keeps the rule that deleted it.

    >>> [(edit.start, edit.end) for edit in single_feeds("一\\n\u2029\\n二\\n")]
    [(1, 2), (3, 4), (5, 6)]
    """
    edits: list[Edit] = []
    if not (text.startswith(FEEDS) or text.endswith(FEEDS) or any(pair in text for pair in PAIRS)):
        return edits
    for match in SURPLUS.finditer(text):
        start, end = match.span()
        keep = -1 if start == 0 or end == len(text) else start + max(match.group().find(BREAK), 0)
        edits += [Edit(at, at + 1, "", "space") for at in range(start, end) if at != keep]
    return edits
