"""The rules in their order: one document, or one stretch of it, from raw text to clean text."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from pipeline.clean.bars import bar_edits
from pipeline.clean.captions import caption_edits
from pipeline.clean.corrections import correction_edits, hits
from pipeline.clean.declared import Correction
from pipeline.clean.escapes import escape_edits
from pipeline.clean.furniture import furniture_edits
from pipeline.clean.html import markup_edits
from pipeline.clean.lines import joins, lines_of
from pipeline.clean.markdown import inline_edits, line_edits
from pipeline.clean.notices import notice_edits
from pipeline.clean.quotes import quote_edits
from pipeline.clean.script import script_edits
from pipeline.clean.spaces import collapse, controls, feeds, single_feeds, unit_spaces, unmark
from pipeline.clean.text import Edit, Text
from pipeline.clean.width import width_edits

UNTOUCHED = re.compile(r"(?:[\u4e00-\u9fff0-9A-Za-z.%、。；：,（）“”/~+-]|(?<!\d)，|，(?!\d))*+")
"""Characters that no rule changes in a stretch without line feeds of a simplified text. Most claims are read again from
such a stretch: the rules would take ten times as long as the reading."""


def clean_document(
    raw: str,
    *,
    media_type: str = "text/plain",
    script: str = "Hans",
    body_start: int = 0,
    corrections: Sequence[Correction] = (),
) -> tuple[Text, dict[str, int]]:
    """The text of a document with its edits, and the hits of each correction by its id.

    ``media_type`` and ``script`` are codes of the contract; ``raw[:body_start]`` is front matter.

    >>> text, _ = clean_document("<p>新建５Ｇ基站<b>12</b> 座&nbsp;</p>", media_type="text/html")
    >>> text.clean
    '新建5G基站12座'
    """
    text = Text(raw, (Edit(0, body_start, "", "front_matter"),) if body_start else ())
    text = _plain(text, media_type != "text/plain", media_type == "text/markdown" or body_start > 0)
    found: dict[str, int] = {}
    for correction in corrections:
        found[correction.id] = len(hits(text.clean, correction))
        text = text.apply(correction_edits(text.clean, correction))
    text = _characters(text, script)
    text = text.apply(bar_edits(text.clean))
    for rule in (furniture_edits, notice_edits):
        text = _without_lines(text, rule(text.clean))
    text = _without_lines(text, caption_edits(text))
    text = text.apply(joins(text.clean))
    return unmark(text), found


def clean_title(title: str, script: str) -> str:
    """A title as the registry gives it, clean: plain text of one line, which most often no rule changes.

    >>> clean_title("數字港口", "Hant"), clean_title("返回首页", "Hans")
    ('数字港口', '')
    """
    if script not in ("Hant", "mixed") and UNTOUCHED.fullmatch(title) and not furniture_edits(title):
        return title
    return clean_document(title, script=script)[0].clean


def clean_fragment(
    raw: str,
    *,
    script: str = "Hans",
    corrections: Iterable[tuple[int, int, str]] = (),
    markup: bool = True,
) -> str:
    """A raw stretch from within a sentence, cleaned again from scratch; it must equal what the document's clean text says.

    ``corrections`` are the declared corrections inside the stretch: start, end (code points of ``raw``) and what stands
    there instead. ``markup`` tells that the document may hold tags. Line breaks inside the stretch cut its sentence, so
    they are joined.

    >>> clean_fragment("培育<i>企业</i>５０\\n\\n  餘家", script="Hant")
    '培育企业50余家'
    """
    declared = tuple(Edit(start, end, new, "correction") for start, end, new in sorted(corrections))
    if not declared and script not in ("Hant", "mixed") and UNTOUCHED.fullmatch(raw):
        return raw
    text = Text(raw, declared)
    text = _characters(_plain(text, markup, False), script)
    text = _without_lines(text, caption_edits(text, fragment=True))
    lines = lines_of(text.clean)
    seams = [Edit(one.end, other.start, "", "line_break") for one, other in pairwise(lines)]
    text = text.apply(seams)
    return unmark(text.apply(unit_spaces(text.clean))).clean


def _plain(text: Text, markup: bool, markdown: bool) -> Text:
    """Without control characters, tags and marks, one line feed between lines."""
    text = text.apply(feeds(text.clean))
    text = text.apply(escape_edits(text.clean))
    text = text.apply(controls(text.clean))
    if markup:
        text = text.apply(markup_edits(text.clean))
    if markdown:
        text = text.apply(line_edits(text.clean))
    if markup or markdown:
        text = text.apply(inline_edits(text.clean))
    return text.apply(collapse(text.clean))


def _characters(text: Text, script: str) -> Text:
    """Simplified characters, mainland quotation marks, half-width numbers without blanks."""
    text = text.apply(script_edits(text.clean, script))
    text = text.apply(quote_edits(text.clean))
    text = text.apply(width_edits(text.clean))
    return text.apply(unit_spaces(text.clean))


def _without_lines(text: Text, deletions: Iterable[Edit]) -> Text:
    """The text without these lines, nor the line feeds left over."""
    text = text.apply(deletions)
    return text.apply(single_feeds(text.clean))
