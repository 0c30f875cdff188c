"""Full-width digits, letters and signs inside numbers as half-width ones. Punctuation of sentences stays full-width."""

import re

from pipeline.clean.text import Edit
from pipeline.contract.late import Late

SINGLE = Late(r"[０-９Ａ-Ｚａ-ｚ％]|(?<=[\d０-９])[．／](?=[\d０-９])")
# A comma groups thousands only where exactly three digits follow, at most three stand before, and none is a year's.
GROUPED = Late(r"(?<![\d．.，,])[\d]{1,3}(?:，\d{3})++(?![\d])")
# Most texts have none of either: these tell so in a tenth of the time.
ANY = re.compile(r"[０-９Ａ-Ｚａ-ｚ％．／]")
COMMA = re.compile(r"，(?<=\d，)\d{3}")
SHIFT = ord("Ａ") - ord("A")


def width_edits(text: str) -> list[Edit]:
    """One edit a character, rule ``width``.

    >>> from pipeline.clean.text import Text
    >>> faulty = "５Ｇ基站１，２５０座，增长９．５％，共"
    >>> Text(faulty, tuple(width_edits(faulty))).clean
    '5G基站1,250座，增长9.5%，共'
    """
    edits = [_edit(text, match.start()) for match in SINGLE.finditer(text)] if ANY.search(text) else []
    for match in GROUPED.finditer(text) if COMMA.search(text) else ():
        edits += [_edit(text, at) for at in range(match.start(), match.end()) if text[at] == "，"]
    return sorted(edits, key=lambda edit: edit.start)


def _edit(text: str, at: int) -> Edit:
    return Edit(at, at + 1, chr(ord(text[at]) - SHIFT), "width")
