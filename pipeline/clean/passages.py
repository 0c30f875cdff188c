"""The passages of a clean text: title, date lines, lead, headings, paragraphs, list items, table rows; and what repeats."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from pipeline.clean.byline import is_byline
from pipeline.clean.captions import line_feeds
from pipeline.clean.headings import PARAGRAPH, Heading, headings, hints
from pipeline.clean.lines import Line, is_terminal, lines_of
from pipeline.clean.numbering import LONGEST_KEPT, mark_of
from pipeline.clean.text import Text

LONGEST_HEAD_LINE = 60
REPEATED = 20
"""Letters and digits from which on equal passages are a repetition and not a coincidence."""
WIDE_GAP = 3
PLAIN = re.compile(r"[\u4e00-\u9fff0-9A-Za-z，。、；：？！“”‘’（）《》—…·％ ,.;:?!()\[\]%+/-]*+")
LETTERS = re.compile(r"[^\W_]+")
PLAIN_LETTERS = re.compile(r"[\u4e00-\u9fff0-9A-Za-z]+")
"""The same in words that ``PLAIN`` holds of, in a third of the time."""
SOURCE_TAIL = re.compile(r"[（(](?:来源[:：])?[^（）()]{2,12}[)）]$")


class Passage(NamedTuple):
    """A passage in offsets of the clean text. ``section`` holds the headings above it, outermost first; ``repeats`` is
    the index of an earlier passage with the same words."""

    start: int
    end: int
    kind: str
    level: int | None = None
    label: str | None = None
    run_in: bool = False
    section: tuple[str, ...] = ()
    repeats: int | None = None


def passages(text: Text, title: str | None = None) -> list[Passage]:
    """The passages, in order: together they hold every character of the clean text that is not blank.

    ``title`` is the document's title as the registry knows it, simplified.

    >>> page = Text("某市规划\\n一、目标\\n到2025年，全市新建基站500座，产值达到20亿元，增长明显。")
    >>> [(passage.kind, passage.section) for passage in passages(page)]
    [('title', ()), ('heading', ()), ('paragraph', ('一、目标',))]
    """
    lines, opened_by, kinds, headed = _outline(text, title)
    found: list[Passage] = []
    above: list[Heading] = []
    section: tuple[str, ...] = ()
    for index, line in enumerate(lines):
        heading = headed.get(index)
        if heading is None:
            kind = kinds.get(index) or _kind(line.content, opened_by[index])
            mark = mark_of(line.content) if kind == "list_item" else None
            found.append(Passage(line.start, line.end, kind, label=mark.label if mark else None, section=section))
            continue
        above = [open_one for open_one in above if open_one.level < heading.level]
        start, end, level, label, _, run_in = heading
        found.append(Passage(start, end, "heading", level, label, run_in, _path(text, above)))
        above.append(heading)
        section = _path(text, above)
        if run_in:
            start = line.end - len(text.clean[end : line.end].lstrip())
            found.append(Passage(start, line.end, "paragraph", section=section))
    return _repeats(text.clean, found)


def heading_list(text: Text, title: str | None = None) -> list[Heading]:
    """The headings alone, in order, with their titles."""
    headed = _outline(text, title)[3]
    return [headed[index] for index in sorted(headed)]


def _outline(
    text: Text, title: str | None
) -> tuple[Sequence[Line], list[frozenset[str]], dict[int, str], dict[int, Heading]]:
    """The lines, the hints of each, the kinds of those that are no headings by their place, and the headings."""
    lines = lines_of(text.clean)
    places = text.places((line.start, line.end) for line in lines)
    opened_by = hints(text, places)
    kinds = _head(lines, opened_by, _captions(text, lines, places, opened_by), title)
    return lines, opened_by, kinds, headings(lines, opened_by, frozenset(kinds))


def _path(text: Text, above: Sequence[Heading]) -> tuple[str, ...]:
    """The headings as printed, without the full stop of one that runs in."""
    return tuple(text.clean[heading.start : heading.end].rstrip("。") for heading in above)


def _kind(line: str, rules: frozenset[str]) -> str:
    """Kind of a line that is no heading and not of the head."""
    if "\t" in line:
        return "table_row"
    if is_byline(line):
        return "byline"
    return "list_item" if "tag:li" in rules or mark_of(line) else "paragraph"


def _captions(
    text: Text, lines: Sequence[Line], places: Sequence[tuple[int, int]], opened_by: Sequence[frozenset[str]]
) -> frozenset[int]:
    """Indices of short lines that stand behind a wider gap than the one after them, as captions do in plain text."""
    gaps = line_feeds(text.raw, places)
    return frozenset(
        index
        for index, line in enumerate(lines)
        if index > 0
        and gaps[index] >= WIDE_GAP
        and len(line.content) <= LONGEST_HEAD_LINE
        and mark_of(line.content) is None
        and (index + 1 == len(lines) or gaps[index + 1] < gaps[index])
        and not any(rule.startswith("tag") for rule in opened_by[index])
    )


def _head(
    lines: Sequence[Line], opened_by: Sequence[frozenset[str]], captions: frozenset[int], title: str | None
) -> dict[int, str]:
    """Kinds of the lines that are told apart by their place or the registry: title, lead, date and source lines."""
    kinds: dict[int, str] = {}
    key = None if title is None else _key(title)
    begun = False
    for index, line in enumerate(lines):
        content = line.content
        if "tag:md_quote" in opened_by[index] and not begun:
            kinds[index] = "lead"
            continue
        if key is not None and _key(content) == key:
            kinds[index] = "title"
        elif is_byline(content):
            kinds[index] = "byline"
        elif index in captions:
            kinds[index] = "paragraph"
        elif not begun and _is_title(lines, index, kinds):
            kinds[index] = "title"
        begun = begun or (len(content) >= PARAGRAPH and is_terminal(content)) or len(content) > LONGEST_HEAD_LINE
    return kinds


def _is_title(lines: Sequence[Line], index: int, kinds: dict[int, str]) -> bool:
    """Whether a line of the head is the title or its second half."""
    content = lines[index].content
    if (
        "\t" in content
        or len(content) > LONGEST_HEAD_LINE
        or (is_terminal(content) and content[-1] not in "？！")
        or mark_of(content)
    ):
        return False
    if index == 0 or content.startswith(("原标题：", "原标题:")):
        return True
    return kinds.get(index - 1) == "title" and lines[index - 1].content.endswith(("—", "："))


def _key(words: str) -> str:
    """Letters and digits alone, any width, without the source in brackets at the end."""
    return _kept_letters(words) if len(words) <= LONGEST_KEPT else _letters(words)


def _letters(words: str) -> str:
    words = words.strip()
    if words.endswith((")", "）")):
        words = SOURCE_TAIL.sub("", words)
    # Hanzi, plain letters, digits and the usual marks need no normal form, which takes ten times as long.
    if PLAIN.fullmatch(words):
        return "".join(PLAIN_LETTERS.findall(words))
    return "".join(LETTERS.findall(unicodedata.normalize("NFKC", words)))


# Each line is asked for its letters twice, for the title and for what repeats.
_kept_letters = lru_cache(maxsize=2048)(_letters)


def _repeats(clean: str, found: list[Passage]) -> list[Passage]:
    """The passages with the index of the earlier one that each repeats."""
    first: dict[str, int] = {}
    marked = []
    for index, passage in enumerate(found):
        words = clean[passage.start : passage.end]
        key = "" if len(words) < REPEATED and PLAIN.fullmatch(words) else _key(words)
        earlier = first.setdefault(key, index) if len(key) >= REPEATED else index
        marked.append(passage._replace(repeats=earlier) if earlier != index else passage)
    return marked
