"""Many words as one part of a regular expression, their common beginnings written once.

``去年|去年底|今年`` is tried word by word at every place; ``(?:去年底?|今年)`` fails at the first character. The order is kept: of
the words that stand at a place the longest is tried first.
"""

import re
from collections.abc import Iterable


class _Node(dict[str, "_Node"]):
    """What may follow some characters; ``ends``: they are a word themselves."""

    ends = False

    @property
    def regex(self) -> str:
        """Everything that may follow, longest first."""
        parts = [re.escape(character) + node.regex for character, node in self.items()]
        if not parts:
            return ""
        if len(parts) == 1 and not self.ends:
            return parts[0]
        return f"(?:{'|'.join(parts)})" + ("?" if self.ends else "")


def alternation(words: Iterable[str]) -> str:
    """A group that matches any of the words; of those that begin at one place the longest, and the shorter ones after it.

    >>> alternation(["去年", "今年", "去年底"])
    '(?:今年|去年(?:底)?)'
    """
    root = _Node()
    for word in sorted(set(words)):
        node = root
        for character in word:
            node = node.setdefault(character, _Node())
        node.ends = True
    return root.regex if len(root) > 1 else f"(?:{root.regex})"
