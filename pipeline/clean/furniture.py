"""Lines of the page and not of the document: editors, links, buttons, QR texts, image names, page numbers.

The lines are rows of ``furniture_lines.csv``, each a pattern for a whole line, never for a part of one.
"""

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from pipeline.clean.lines import Line, is_open, is_terminal, lines_of, starts_anew
from pipeline.clean.text import Edit
from pipeline.contract.late import Late
from pipeline.contract.seed import seed_rows

LONGEST = 120
PARAGRAPH = 30
"""Characters of a line that ends a sentence, from which on the text has begun."""
LONGEST_NUMBER = 4
"""Digits of the number of a page."""


ANYWHERE, AFTER = "anywhere", "after"
"""Scopes of rows: wherever the line stands, or behind the beginning of the text alone."""


@cache
def _patterns() -> tuple[tuple[str, str, Late], ...]:
    """Scope, rule and pattern of each row."""
    return tuple((row["scope"], row["rule"], Late(row["pattern"])) for row in seed_rows("furniture_lines"))


@cache
def _any_of(scope: str) -> re.Pattern[str]:
    """What any of the patterns of a scope matches: most lines match none, and this tells so."""
    return re.compile("|".join(f"(?:{pattern.pattern})" for own, _, pattern in _patterns() if own == scope))


def furniture_edits(text: str) -> list[Edit]:
    """Edits that delete lines of the page, rule ``furniture`` or ``image``.

    >>> [edit.rule for edit in furniture_edits("全市建成智能工厂42家，数字车间63个，另有生产线70条。\\n责任编辑：张三\\nimage.png")]
    ['furniture', 'image']
    """
    edits = []
    begun = False
    lines = lines_of(text)
    for index, line in enumerate(lines):
        rule = _rule(line.content, begun)
        if rule is None and _is_page_number(lines, index):
            rule = "furniture"
        if rule:
            edits.append(Edit(line.start, line.end, "", rule))
        begun = begun or (len(line.content) >= PARAGRAPH and is_terminal(line.content))
    return edits


def _rule(content: str, begun: bool) -> str | None:
    """The rule that deletes a line, None where none does."""
    return _kept_rule(content, begun) if len(content) <= LONGEST else None


@lru_cache(maxsize=2048)
def _kept_rule(content: str, begun: bool) -> str | None:
    """Kept, since the pages of one site have most short lines in common."""
    scopes = (ANYWHERE, AFTER) if begun else (ANYWHERE,)
    if not any(_any_of(scope).fullmatch(content) for scope in scopes):
        return None
    return next((rule for scope, rule, pattern in _patterns() if scope in scopes and pattern.fullmatch(content)), None)


def _is_page_number(lines: Sequence[Line], index: int) -> bool:
    """A bare number between the two halves of a sentence: elsewhere it may be the cell of a table."""
    content = lines[index].content
    if not 0 < index < len(lines) - 1 or len(content) > LONGEST_NUMBER or not content.isdecimal():
        return False
    before, after = lines[index - 1], lines[index + 1]
    return is_open(before.content) and not starts_anew(after.content) and not (lines[index].broken or after.broken)
