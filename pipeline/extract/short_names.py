"""Short names that a document gives a body: 国家某某委员会(以下简称某某会)."""

import re

from pipeline.contract.late import Late
from pipeline.extract.model import Name

_SHORT = Late(
    r"(?<![\u4e00-\u9fff])(?P<full>(?:国家|香港|澳门|台湾|行政院|[\u4e00-\u9fff]{2,10}(?=公司|集团|大学|基金会))[\u4e00-\u9fff]{2,16})[（(](?:以下|下)?简?称[:：]?[“「]?(?P<short>[\u4e00-\u9fff]{2,8})[”」]?[）)]"
)
# （以下简称, （下称: begun with its last character, which few texts hold and Python's engine finds fastest.
_GIVES_ONE = re.compile(r"称(?:(?<=[（(]称)|(?<=[（(][简下]称)|(?<=[（(](?:下简|以下)称)|(?<=[（(]以下简称))")


def short_names(text: str) -> list[Name]:
    """A body that gives itself a short name, 国家某某委员会(以下简称某某会), under that name wherever either stands."""
    found: list[Name] = []
    if not _GIVES_ONE.search(text):  # as most texts; the search below looks at every character
        return found
    for match in _SHORT.finditer(text):
        short, full = match["short"], match["full"]
        at = 0
        for character in short:
            at = full.find(character, at) + 1
            if not at:
                break
        if at and len(short) < len(full):
            stands = re.finditer(f"{re.escape(full)}|{re.escape(short)}", text)
            found += [Name(m.start(), m.end(), short, "body") for m in stands]
    return found
