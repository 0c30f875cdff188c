"""HTML cut into tokens that tile the text, in linear time also where tags are never closed."""

import re
from typing import Literal, NamedTuple

Kind = Literal["text", "open", "close", "comment", "declaration", "address", "element"]


class Token(NamedTuple):
    """A stretch of the text. ``name`` is the tag's name in small letters; ``element`` is a whole script or style."""

    kind: Kind
    start: int
    end: int
    name: str = ""


# A "<" ends every attempt, so that each character is looked at once: a tag that holds one is cut there.
WHOLE_TAG = re.compile(r"</?([A-Za-z][\w:-]*+)(?:[^<>\"']++|\"[^\"<]*+\"|'[^'<]*+')*+>", re.ASCII)
ODD_QUOTE = re.compile(r"</?([A-Za-z][\w:-]*+)[^<>]*+>", re.ASCII)
UNCLOSED = re.compile(r"</?([A-Za-z][\w:-]*+)[^<>\n\u2e80-\uffef]*+", re.ASCII)
DECLARATION = re.compile(r"<[!?][^<>]*+>?")
ADDRESS = re.compile(r"<(?:https?://|ftp://|mailto:)[^<>\s]*+>", re.IGNORECASE)
ADDRESS_BEGINS = frozenset("hfm")
RAW_TEXT = {
    "script": re.compile(r"</script\s*+>?", re.IGNORECASE),
    "style": re.compile(r"</style\s*+>?", re.IGNORECASE),
}


def tokens(text: str) -> list[Token]:
    """The tokens of ``text``: text, tags, comments, declarations, ``<http://...>`` and whole script and style elements.

    An unclosed comment, script or style gives only its opening mark, so that it never swallows the document.

    >>> [(token.kind, token.name) for token in tokens("<p>数字<b>经济")]
    [('open', 'p'), ('text', ''), ('open', 'b'), ('text', '')]
    """
    found: list[Token] = []
    absent: set[str] = set()  # ends that do not come any more: never searched for again
    done = at = 0
    while (at := text.find("<", at)) >= 0:
        # Nearly all are plain tags: they are told first.
        plain = WHOLE_TAG.match(text, at)
        name = plain[1].lower() if plain else ""
        if plain and name not in RAW_TEXT and name[0] not in ADDRESS_BEGINS:
            token: Token | None = Token("close" if text[at + 1] == "/" else "open", at, plain.end(), name)
        else:
            token = _markup_at(text, at, absent)
        if token is None:
            at += 1
            continue
        if done < at:
            found.append(Token("text", done, at))
        found.append(token)
        done = at = token.end
    if done < len(text):
        found.append(Token("text", done, len(text)))
    return found


def _markup_at(text: str, at: int, absent: set[str]) -> Token | None:
    """The token that begins with the ``<`` at ``at``, None where that is a mere sign."""
    if text.startswith("<!--", at):
        end = -1 if "comment" in absent else text.find("-->", at + 4)
        if end >= 0:
            return Token("comment", at, end + 3)
        absent.add("comment")
        return Token("comment", at, at + 4)
    if match := ADDRESS.match(text, at):
        return Token("address", at, match.end())
    if match := WHOLE_TAG.match(text, at) or ODD_QUOTE.match(text, at) or UNCLOSED.match(text, at):
        return _tag(text, at, match, absent)
    if match := DECLARATION.match(text, at):
        return Token("declaration", at, match.end())
    return None


def _tag(text: str, at: int, match: re.Match[str], absent: set[str]) -> Token:
    """The tag, or the whole element where it opens a script or style that is closed."""
    name = match.group(1).lower()
    if text[at + 1] == "/":
        return Token("close", at, match.end(), name)
    if name in RAW_TEXT and name not in absent:
        if end := RAW_TEXT[name].search(text, match.end()):
            return Token("element", at, end.end(), name)
        absent.add(name)
    return Token("open", at, match.end(), name)
