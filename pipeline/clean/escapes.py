"""Text that was copied out of a string of a programme or of JSON: ``<\\/span>``, ``\\"``, ``\\u4e2d``, ``\\n``, and joints of strings.

Only what no prose writes is read: a backslash that escapes something, and a plus between two strings that stand on lines of their own.
"""

import re

from pipeline.clean.text import Edit
from pipeline.contract.late import Late

_ESCAPE = Late(
    r"\\(?:(?P<sign>[/\"'])|u(?P<code>[0-9a-fA-F]{4})|(?P<feed>r\\n|[rn])(?![a-z])|(?P<tab>t)(?![a-z])|(?P<blank>xa0))"
)
# "…平稳。" +⏎ "全年…": two strings that make one text. A plus between two names in one line is none.
_JOINT = Late(
    # The quotation mark goes first, since a search for a fixed character is fast; what must stand before it is asked then.
    r"\"(?:(?<!\\\")[ \t]*+(?:\+[ \t]*+\n\s*+\"|\n\s*+\+[ \t]*+\")"
    r"|(?<=\\n\")[ \t]*+\+[ \t]*+\"|(?<!\\\")[ \t]*+\+[ \t]*+\"(?=\\n))"
)
_SURROGATES = range(0xD800, 0xE000)


def escape_edits(text: str) -> list[Edit]:
    """Escapes as the characters they stand for, joints of strings deleted. Linear in the length of the text.

    >>> from pipeline.clean.text import Text
    >>> faulty = "茶园<b>12<\\\\/b>\\\\u4ea9\\\\n产值"
    >>> Text(faulty, tuple(escape_edits(faulty))).clean
    '茶园<b>12</b>亩\\n产值'
    """
    edits = [Edit(m.start(), m.end(), "", "tag:joint") for m in _JOINT.finditer(text)] if "+" in text else []
    for match in _ESCAPE.finditer(text) if "\\" in text else ():
        stands = _stands_for(match)
        if stands is not None:
            edits.append(Edit(match.start(), match.end(), stands, "entity"))
    return sorted(edits, key=lambda edit: edit.start)


def _stands_for(match: re.Match[str]) -> str | None:
    """The character of an escape; None for half of a pair of surrogates, which stays."""
    if match["sign"]:
        return match["sign"]
    if match["code"]:
        code = int(match["code"], 16)
        return None if code in _SURROGATES else chr(code)
    if match["blank"]:
        return "\u00a0"
    return "\n" if match["feed"] else "\t"
