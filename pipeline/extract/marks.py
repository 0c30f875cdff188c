"""Quotation marks and brackets of a phrase cut out of its sentence."""

import re

_PAIRS = {"”": "“", "’": "‘", "》": "《", "）": "（", ")": "("}
_MARK = re.compile(r"[“”‘’《》（）()]")


def balanced(phrase: str | None) -> str | None:
    """The phrase without marks whose partner was cut off.

    >>> balanced("“渔港规模"), balanced("“小巨人”企业")
    ('渔港规模', '“小巨人”企业')
    """
    if not phrase or not _MARK.search(phrase):
        return phrase
    lone: set[int] = set()
    opened: list[int] = []
    for at, character in enumerate(phrase):
        if character in _PAIRS.values():
            opened.append(at)
        elif character in _PAIRS:
            if opened and phrase[opened[-1]] == _PAIRS[character]:
                opened.pop()
            else:
                lone.add(at)
    lone.update(opened)
    return "".join(character for at, character in enumerate(phrase) if at not in lone) if lone else phrase
