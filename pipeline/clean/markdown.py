"""Markdown to lines: marks of quotes, headings, links, emphasis and tables. Marks of list items stay: they are labels.

Works on text whose HTML is gone. The rules of the edits tell passages what a line was: ``tag:md_quote``, ``tag:h2``.
"""

import re
from collections.abc import Iterator

from pipeline.clean.marks import CELL, LINE
from pipeline.clean.text import Edit
from pipeline.contract.late import Late

QUOTE = re.compile(r"[ \t]{0,3}(?:>[ \t]?)++")
HEADING = re.compile(r"[ \t]{0,3}(#{1,6})[ \t]++(?=\S)")
HEADING_END = re.compile(r"[ \t]++#++[ \t]*+$")
RULE = re.compile(r"[ \t]{0,3}([-*_=])(?:[ \t]*+\1){2,}+[ \t]*+$")
FENCE = re.compile(r"[ \t]{0,3}(?:```|~~~).*$")
DEFINITION = re.compile(r"[ \t]{0,3}\[[^\[\]]++\]:[ \t]++\S++.*$")
DIVIDER = Late(r"[ \t]*+\|?[ \t]*+:?-{2,}+:?[ \t]*+(?:\|[ \t]*+:?-{2,}+:?[ \t]*+)++\|?[ \t]*+$")
PIPE = re.compile(r"(?<!\\)\|")

TARGET = r"\([^()\s]*+(?:\([^()\s]*+\)[^()\s]*+)?(?:[ \t]++\"[^\"\n]*+\")?\)"
IMAGE = Late(rf"!\[[^\[\]\n]*+\]{TARGET}")
LINK = Late(rf"\[([^\[\]\n]*+)\]{TARGET}")
LINKS_ONLY = Late(rf"[ \t]*+(?:\[[^\[\]\n]*+\]{TARGET}[ \t]*+[|｜·•»>/]*+[ \t]*+){{2,}}+$")
EMPHASIS = Late(
    r"(?<![\\\d*])(\*{1,3})(?=[^\s*])[^*\n]++(?<=\S)(\1)(?![\d*])|(?<![\\_\w])(__)(?=[^\s_])[^_\n]++(__)(?!\w)|(`)[^`\n]++(`)"
)
ESCAPE = re.compile(r"\\(?=[\\`*_{}\[\]()#+.!|>~-])")


def line_edits(text: str) -> list[Edit]:
    """Edits for what Markdown writes at the start of lines, and for its tables.

    >>> from pipeline.clean.text import Text
    >>> faulty = "## 目标\\n> 新建基站5座\\n\\n|市|家|\\n|--|--|\\n|甲|12|"
    >>> Text(faulty, tuple(line_edits(faulty))).clean.split("\\n")
    ['目标', '新建基站5座', '', '市\\x1f家', '', '甲\\x1f12']
    """
    lines = list(LINE.finditer(text))
    table = _table_lines([line.group() for line in lines])
    edits: list[Edit] = []
    for index, line in enumerate(lines):
        start, end, content = line.start(), line.end(), line.group()
        if index in table:
            edits += _row_edits(content, start)
            continue
        if LINKS_ONLY.match(content):
            edits.append(Edit(start, end, "", "furniture"))
            continue
        if any(mark.match(content) for mark in (RULE, FENCE, DEFINITION)):
            edits.append(Edit(start, end, "", "tag:md_rule"))
            continue
        if quote := QUOTE.match(content):
            edits.append(Edit(start, start + quote.end(), "", "tag:md_quote"))
        if heading := HEADING.match(content):
            edits.append(Edit(start, start + heading.end(), "", f"tag:h{len(heading.group(1))}"))
            if tail := HEADING_END.search(content, heading.end()):
                edits.append(Edit(start + tail.start(), end, "", "tag:md_heading"))
    return edits


def inline_edits(text: str) -> list[Edit]:
    """Edits for links, images, emphasis and escaped signs, wherever they stand.

    >>> from pipeline.clean.text import Text
    >>> faulty = "**营收**增长[9%](http://a.cn/1 \\"见\\")，![图](a1.png)共12\\\\.5亿元"
    >>> Text(faulty, tuple(inline_edits(faulty))).clean
    '营收增长9%，共12.5亿元'
    """
    edits = [Edit(m.start(), m.end(), "", "image") for m in IMAGE.finditer(text)] if "![" in text else []
    for match in LINK.finditer(text) if "](" in text else ():
        if text[match.start() - 1 : match.start()] != "!":
            edits.append(Edit(match.start(), match.start() + 1, "", "tag:md_link"))
            edits.append(Edit(match.end(1), match.end(), "", "tag:md_link"))
    for match in EMPHASIS.finditer(text) if "*" in text or "__" in text or "`" in text else ():
        for group in range(1, 7):
            if match.group(group):
                edits.append(Edit(match.start(group), match.end(group), "", "tag:md_emphasis"))
    if "\\" in text:
        edits += [Edit(m.start(), m.end(), "", "tag:md_escape") for m in ESCAPE.finditer(text)]
    return list(_without_overlap(edits))


def _without_overlap(edits: list[Edit]) -> Iterator[Edit]:
    """The edits in order, the earlier and longer of two that overlap: a mark inside an address is no mark."""
    reached = 0
    for edit in sorted(edits, key=lambda edit: (edit.start, -edit.end)):
        if edit.start >= reached:
            yield edit
            reached = edit.end


def _table_lines(lines: list[str]) -> set[int]:
    """Indices of the lines of tables: the head before a divider, the divider, and the rows after it."""
    found: set[int] = set()
    for index, content in enumerate(lines):
        if index and "|" in content and DIVIDER.match(content) and PIPE.search(lines[index - 1]):
            found.update((index - 1, index))
        elif index - 1 in found and index not in found and PIPE.search(content):
            found.add(index)
    return found


def _row_edits(content: str, start: int) -> list[Edit]:
    """A row without its outer bars, the inner ones as borders of cells; nothing of a divider."""
    if DIVIDER.match(content):
        return [Edit(start, start + len(content), "", "tag:md_table")]
    bars = [bar.start() for bar in PIPE.finditer(content)]
    first, last = len(content) - len(content.lstrip()), len(content.rstrip()) - 1
    return [Edit(start + bar, start + bar + 1, "" if bar in (first, last) else CELL, "tag:md_table") for bar in bars]
