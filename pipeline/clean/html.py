"""HTML to lines: tags, entities, comments, scripts; blocks end lines, table rows become lines of cells."""

import re
from collections.abc import Iterator
from functools import lru_cache
from html import unescape
from html.entities import html5

from pipeline.clean.cells import ROW_TAGS, Cells, find_cells
from pipeline.clean.edits import Edit, edits_from
from pipeline.clean.marks import BREAK, CELL, FOLD
from pipeline.clean.tokens import Token, tokens
from pipeline.contract.late import Late

BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "frame",
        "frameset",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "head",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "option",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "title",
        "tr",
        "ul",
    ]
)
NEVER_CLOSED = frozenset(("hr", "frame"))
NESTED = BLOCKS - NEVER_CLOSED
DROPPED = frozenset(["button", "footer", "iframe", "nav", "noscript", "object", "select", "svg", "template", "title"])
"""Elements that hold the page's own machinery: removed whole where they are closed."""
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
NOTED = HEADINGS | {"li"}
"""Opening tags whose name the rule of the edit keeps: headings and passages ask for it."""

STEPS = {"open": 1, "close": -1}
"""What a tag adds to the depth of what it opens or closes."""

ENTITY = Late(r"&(?:#[0-9]{1,8};?|#[xX][0-9a-fA-F]{1,7};?|[A-Za-z][A-Za-z0-9]{1,31};|[A-Za-z]{2,8}(?![A-Za-z0-9=;]))")
BLANK = re.compile(r"\s+")


def markup_edits(text: str) -> list[Edit]:
    """Edits that turn HTML into lines of text. Linear in the length of the text; nothing is raised for broken HTML.

    >>> from pipeline.clean.text import Text
    >>> faulty = "<p>建设<span id='a1'><b>智慧</b>农业</span>基地&nbsp;5&#23478;</p><script>var a = 10;</script>"
    >>> Text(faulty, tuple(markup_edits(faulty))).clean.split("\u2029")
    ['', '建设智慧农业基地\\xa05家', '']
    """
    found = tokens(text)
    names = {name for _, _, _, name in found}
    cells = Cells() if names.isdisjoint(ROW_TAGS) else find_cells(text, found)
    dropped = {} if names.isdisjoint(DROPPED) else dict(_dropped(found))
    special = cells.borders.keys() | cells.silent | cells.inside  # all but a few tags are of no row of data
    edits: list[tuple[int, int, str, str]] = []
    depth = preformatted = skipped = 0
    for index, (kind, start, end, name) in enumerate(found):
        if index < skipped:
            continue
        if index in dropped:
            last = dropped[index]
            edits.append((start, found[last][2], BREAK, "furniture"))
            skipped = last + 1
        elif kind == "text":
            stretch = text[start:end]
            if "&" in stretch or "\n" in stretch or "\t" in stretch:
                edits += _text_edits(text, start, end, depth > 0 and not preformatted, index in cells.inside)
        else:
            replacement, rule, deeper, kept = _standing(kind, name)
            if index in special:
                replacement, rule = _stands(kind, name, index, cells)
            if edits and edits[-1][1:] == (start, replacement, rule) and replacement in ("", BREAK):
                edits[-1] = edits[-1][0], end, replacement, rule
            else:
                edits.append((start, end, replacement, rule))
            if deeper:
                depth = max(0, depth + deeper)
            if kept:
                preformatted = max(0, preformatted + kept)
    return edits_from(edits)


def entities(text: str, start: int, end: int) -> list[Edit]:
    """Character references as the characters they stand for, also those without their semicolon.

    >>> entities("上云&gt;3万户&#65292;", 0, 17)
    [Edit(start=2, end=6, replacement='>', rule='entity'), Edit(start=9, end=17, replacement='，', rule='entity')]
    """
    edits: list[Edit] = []
    if text.find("&", start, end) < 0:
        return edits
    for match in ENTITY.finditer(text, start, end):
        reference = match.group()
        # Only the few names that HTML allows bare are read without a semicolon, and only whole.
        if not reference.endswith(";") and reference[1] != "#" and reference[1:] not in html5:
            continue
        character = unescape(reference)
        if character != reference:
            edits.append(Edit(match.start(), match.end(), character, "entity"))
    return edits


def _text_edits(text: str, start: int, end: int, in_block: bool, in_row: bool) -> list[Edit]:
    """Entities of a text; inside a block, a lone line feed or a tab is layout. A blank line still ends a line."""
    edits = entities(text, start, end)
    if text[start:end] == "\n":
        return [Edit(start, end, FOLD, "line_break")] if in_block or in_row else edits
    if not (in_block or in_row) or text.find("\n", start, end) < 0 > text.find("\t", start, end):
        return edits
    folds = [
        Edit(*match.span(), FOLD, "line_break")
        for match in BLANK.finditer(text, start, end)
        if ("\n" in match[0] or "\t" in match[0]) and (in_row or match[0].count("\n") <= 1)
    ]
    return sorted(edits + folds) if edits and folds else edits or folds


def _stands(kind: str, name: str, index: int, cells: Cells) -> tuple[str, str]:
    """What stands for a token that is no text, and the rule."""
    replacement, rule = "", "tag"
    if kind == "comment":
        rule = "comment"
    elif kind == "address":
        replacement, rule = BREAK, "furniture"
    elif kind == "element":
        rule = "style" if name == "style" else "script_element"
    elif name == "img":
        rule = "image"
    elif index in cells.borders:
        replacement = CELL * cells.borders[index]
    elif index in cells.inside:
        replacement = FOLD if name in BLOCKS or name == "br" else ""
    elif name == "br":
        replacement = "\n"
    elif name in BLOCKS and index not in cells.silent:
        replacement = BREAK
        if kind == "open" and name in NOTED:
            rule = f"tag:{name}"
    return replacement, rule


@lru_cache(maxsize=1024)
def _standing(kind: str, name: str) -> tuple[str, str, int, int]:
    """What stands for a tag outside of rows of data, the rule, and what it adds to the depth of blocks and of kept blanks."""
    step = STEPS.get(kind, 0)
    return *_stands(kind, name, 0, Cells()), step if name in NESTED else 0, step if name == "pre" else 0


def _dropped(found: list[Token]) -> Iterator[tuple[int, int]]:
    """First and last token of each outermost element to be dropped; one that is never closed is none."""
    open_at: dict[str, list[int]] = {}
    ranges = []
    for index, (kind, _, _, name) in enumerate(found):
        if name not in DROPPED:
            continue
        if kind == "open":
            open_at.setdefault(name, []).append(index)
        elif kind == "close" and open_at.get(name):
            ranges.append((open_at[name].pop(), index))
    reached = -1
    for first, last in sorted(ranges, key=lambda pair: (pair[0], -pair[1])):
        if first > reached:
            yield first, last
            reached = last
