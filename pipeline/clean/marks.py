"""Marks that stand for structure while a text is being cleaned, and classes of characters that several rules ask about.

Raw text cannot hold the marks: `spaces.controls` deletes control characters first. `spaces.unmark` turns them into plain
line feeds and tabs at the end.
"""

import re

from pipeline.contract.late import Late

BREAK = "\u2029"
"""End of a block that a tag or a Markdown mark closes: lines are never joined across it."""

CELL = "\x1f"
"""Border between two cells of a table row."""

FOLD = "\x1e"
"""A line feed that is mere layout of the source of a page: nothing between two hanzi, a space elsewhere."""

WIDE = "\u2e80-\u303f\u3040-\ufaff\ufe30-\uffef\U00020000-\U0003ffff"
"""Hanzi and full-width signs, as the inside of a regular expression's class."""

HANZI = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Hanzi, as the inside of a regular expression's class."""

LINE = re.compile(f"[^\n{BREAK}]+")
"""A line between two line feeds or block ends; lines have no blank among them once `spaces.collapse` has run."""


def is_wide(character: str) -> bool:
    """Whether no space is written next to this character: hanzi and full-width signs, and the quotation marks ‘’“”."""
    return bool(_WIDE.match(character))


_WIDE = Late(f"[{WIDE}‘’“”…—]")
