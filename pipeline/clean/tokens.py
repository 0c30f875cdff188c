"""HTML cut into tokens that tile the text, in linear time also where tags are never closed."""

import re
from functools import lru_cache
from typing import Literal

from pipeline.contract.late import Late

Kind = Literal["text", "open", "close", "comment", "declaration", "address", "element"]

Token = tuple[Kind, int, int, str]
"""A stretch of the text: kind, start, end, and the tag's name in small letters, empty where it is no tag; ``element`` is a
whole script or style. A plain tuple, since a page has a thousand."""

# A "<" ends every attempt, so that each character is looked at once: a tag that holds one is cut there, and no token but a
# comment, script or style holds a second one. The first group is a tag's name, with the stroke of one that closes.
MARKUP = Late(
    r"<(?:!--"
    r"|(?i:https?://|ftp://|mailto:)[^<>\s]*+>"
    r"|(/?[A-Za-z][A-Za-z0-9_:-]*+)(?:"
    r"[^<>\"']*+(?:(?:\"[^\"<]*+\"|'[^'<]*+')[^<>\"']*+)*+>"  # whole
    r"|[^<>]*+>"  # with an odd quotation mark
    r"|[^<>\n\u2e80-\uffef]*+)"  # never closed
    r"|[!?][^<>]*+>?)"
)
RAW_TEXT = {
    "script": re.compile(r"</script\s*+>?", re.IGNORECASE),
    "style": re.compile(r"</style\s*+>?", re.IGNORECASE),
}


def tokens(text: str) -> list[Token]:
    """The tokens of ``text``: text, tags, comments, declarations, ``<http://...>`` and whole script and style elements.

    An unclosed comment, script or style gives only its opening mark, so that it never swallows the document.

    >>> tokens("<p>数字<b>")
    [('open', 0, 3, 'p'), ('text', 3, 5, ''), ('open', 5, 8, 'b')]
    """
    found: list[Token] = []
    absent: set[str] = set()  # ends that do not come any more: never searched for again
    done = 0
    for match in MARKUP.finditer(text):
        start, end = match.span()
        if start < done:  # inside a comment, script or style
            continue
        if done < start:
            found.append(("text", done, start, ""))
        tag = match[1]
        if tag is None:
            kind, end = _no_tag(text, start, end, absent)
            found.append((kind, start, end, ""))
        else:
            kind, name = _kind_and_name(tag)
            if kind == "open" and name in RAW_TEXT and (closed := _end_of(text, end, name, absent)):
                kind, end = "element", closed
            found.append((kind, start, end, name))
        done = end
    if done < len(text):
        found.append(("text", done, len(text), ""))
    return found


@lru_cache(maxsize=1024)
def _kind_and_name(tag: str) -> tuple[Kind, str]:
    """What a tag does, and its name in small letters, by the name with its stroke."""
    return ("close", tag[1:].lower()) if tag.startswith("/") else ("open", tag.lower())


def _no_tag(text: str, start: int, end: int, absent: set[str]) -> tuple[Kind, int]:
    """Kind and end of a comment, an address or a declaration."""
    if not text.startswith("<!--", start):
        return ("declaration" if text[start + 1] in "!?" else "address"), end
    closed = -1 if "comment" in absent else text.find("-->", end)
    if closed >= 0:
        return "comment", closed + 3
    absent.add("comment")
    return "comment", end


def _end_of(text: str, at: int, name: str, absent: set[str]) -> int:
    """Where the script or style that opened before ``at`` ends, 0 where it is never closed."""
    end = None if name in absent else RAW_TEXT[name].search(text, at)
    if end is None:
        absent.add(name)
        return 0
    return end.end()
