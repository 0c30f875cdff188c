"""The heading tree of a clean text: numbered titles, boxes, headings of HTML and Markdown, and bare subheads.

A level is the depth in the tree, not the number of the style: a (一) below 第一节 is deeper than one below 一、.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from pipeline.clean.byline import is_byline
from pipeline.clean.lines import Line, is_terminal
from pipeline.clean.numbering import Mark, mark_of
from pipeline.clean.text import Text
from pipeline.contract.late import Late

LONGEST_TITLE, LONGEST_RUN_IN, LONGEST_SENTENCE, LONGEST_SUBHEAD = 40, 30, 20, 28
PARAGRAPH = 30
LIST_RANK = 60
"""Styles from this rank on number lists too: there a title holds no quantity and does not follow another one directly."""
SUBHEAD_RANK = 7
"""Bare subheads stand below those of HTML and Markdown (1 to 6) and above all numbered ones."""
BOX_RANK = 90
"""Boxes stand below whatever heading is open, and are never the items of a list."""
OUTLINE = 2
"""Headings of weightier styles than lists from which on a document is numbered throughout and has no bare subheads."""

CLAUSE = Late(r"[，,；;：:]")
QUANTITY = Late(r"\d(?:\.\d+)?\s?[%％万亿个家座户项条台套元倍]")
HEADING_TAG = re.compile(r"tag:h([1-6])$")
DELETED = ("furniture", "notice", "caption")


class Heading(NamedTuple):
    """A heading in offsets of the clean text: ``end`` is where the line ends, or where the text after the title begins."""

    start: int
    end: int
    level: int
    label: str | None
    title: str
    run_in: bool


@dataclass(frozen=True, slots=True)
class _Candidate:
    rank: int
    label: str | None
    title: str
    end: int
    run_in: bool


def hints(text: Text, places: Sequence[tuple[int, int]]) -> list[frozenset[str]]:
    """Rules of the edits directly before each line, of which ``places`` are the stretches of the raw text: which tag or
    Markdown mark opened it."""
    edits = text.edits
    starts, rules = [edit[0] for edit in edits], [edit[3] for edit in edits]
    found, reached, first = [], 0, 0
    for start, end in places:
        while first < len(edits) and edits[first][1] <= reached:
            first += 1
        found.append(_told(tuple(rules[first : bisect_left(starts, start, first)])))
        reached = end
    return found


@lru_cache(maxsize=1024)
def _told(rules: tuple[str, ...]) -> frozenset[str]:
    """The names of the rules of successive edits, from behind as far as where something was deleted."""
    names: set[str] = set()
    for rule in reversed(rules):
        told = rule.split("+")
        if any(name in DELETED for name in told):
            break
        names.update(told)
    return frozenset(names)


def headings(lines: Sequence[Line], opened_by: Sequence[frozenset[str]], apart: frozenset[int]) -> dict[int, Heading]:
    """The headings by index of their line.

    ``opened_by`` holds the hints of the lines; ``apart`` the indices of lines that are title, date line, caption or the
    like, and no heading.
    """
    numbered: dict[int, _Candidate] = {}
    for index, line in enumerate(lines):
        if index not in apart and (candidate := _tagged(line, opened_by[index]) or _numbered(line)):
            numbered[index] = candidate
    for index in _list_items(lines, numbered):
        del numbered[index]
    found = dict(numbered)
    if sum(candidate.rank < LIST_RANK for candidate in numbered.values()) < OUTLINE:
        for index in range(len(lines)):
            if index not in apart and index not in found and _is_subhead(lines, index, opened_by):
                found[index] = _Candidate(SUBHEAD_RANK, None, lines[index].content, len(lines[index].content), False)
    return _with_levels(lines, found)


def _with_levels(lines: Sequence[Line], found: dict[int, _Candidate]) -> dict[int, Heading]:
    """Levels by a stack of the open headings: one closes those of its own rank and deeper."""
    open_ranks: list[int] = []
    headed = {}
    for index in sorted(found):
        candidate, line = found[index], lines[index]
        while open_ranks and open_ranks[-1] >= candidate.rank:
            open_ranks.pop()
        open_ranks.append(candidate.rank)
        end = line.start + candidate.end
        headed[index] = Heading(
            line.start, end, min(len(open_ranks), 9), candidate.label, candidate.title, candidate.run_in
        )
    return headed


def _tagged(line: Line, rules: frozenset[str]) -> _Candidate | None:
    """The heading that a tag or Markdown makes of a line; its rank is that of its number where it has one."""
    level = _tag_level(rules)
    if not level or len(line.content) > 2 * LONGEST_TITLE:
        return None
    mark = mark_of(line.content)
    title = line.content[mark.end :] if mark else line.content
    return _Candidate(level, mark.label if mark else None, title, len(line.content), False)


@lru_cache(maxsize=1024)
def _tag_level(rules: frozenset[str]) -> int:
    """The level of the weightiest heading among tags and marks, 0 where there is none."""
    return min((int(match[1]) for rule in rules if (match := HEADING_TAG.match(rule))), default=0)


def _numbered(line: Line) -> _Candidate | None:
    """The heading that a line with a number is, by the shape of its title."""
    mark = mark_of(line.content)
    if mark is None or mark.style.heading == "never" or "\t" in line.content:
        return None
    return _whole_line(line.content, mark) or _run_in(line.content, mark)


def _whole_line(line: str, mark: Mark) -> _Candidate | None:
    """A title that fills its line: no sentence, or one short one without a comma."""
    title = line[mark.end :]
    bare = title.rstrip("。：:")
    always = mark.style.heading == "always"
    if len(title) > LONGEST_TITLE or (not bare and not always) or re.search("[。；;！？]", bare):
        return None
    if is_terminal(title) and (len(title) > LONGEST_SENTENCE or CLAUSE.search(bare) or title[-1] not in "。：:"):
        return None
    if mark.style.rank >= LIST_RANK and not always and QUANTITY.search(title):
        return None
    return _Candidate(mark.style.rank, mark.label, bare, len(line), False)


def _run_in(line: str, mark: Mark) -> _Candidate | None:
    """A title that ends at the first full stop, with more text behind it."""
    stop = line.find("。", mark.end, mark.end + LONGEST_RUN_IN + 1)
    title = line[mark.end : stop]
    if (
        not mark.style.run_in
        or stop <= mark.end
        or stop + 1 >= len(line)
        or CLAUSE.search(title)
        or QUANTITY.search(title)
    ):
        return None
    return _Candidate(mark.style.rank, mark.label, title, stop + 1, True)


def _list_items(lines: Sequence[Line], numbered: dict[int, _Candidate]) -> list[int]:
    """Titles of list styles that follow one another without any text between: the items of a list."""
    return [
        index
        for index, candidate in numbered.items()
        if LIST_RANK <= candidate.rank < BOX_RANK
        and not candidate.run_in
        and any(
            (other := numbered.get(index + step)) is not None and other.rank == candidate.rank and not other.run_in
            for step in (-1, 1)
        )
    ]


def _is_subhead(lines: Sequence[Line], index: int, opened_by: Sequence[frozenset[str]]) -> bool:
    """Whether a short line without final punctuation stands over a paragraph."""
    line = lines[index].content
    if not 4 <= len(line) <= LONGEST_SUBHEAD or is_terminal(line) or line[-1] in "，、,—" or "\t" in line:
        return False
    if mark_of(line) or is_byline(line) or index + 1 >= len(lines) or opened_by[index] & {"tag:li", "tag:md_quote"}:
        return False
    following = lines[index + 1].content
    return (
        len(following) >= PARAGRAPH and ("。" in following or len(following) > LONGEST_TITLE) and "\t" not in following
    )
