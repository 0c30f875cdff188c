"""The noun that a bare spoken predicate stands for: 我们投了一个亿 tells an investment, 鱼丸卖了六千吨 sales.

Words are rows of ``spoken_predicates.csv``: the verb, the unit of what it tells, the noun.
"""

import re
from functools import cache

from pipeline.contract.late import Late
from pipeline.contract.seed import seed_rows
from pipeline.extract.phrases import trim_lead

_WHO = Late(
    r"^(?:他们|她们|它们|大家|村里|厂里|公司|家里|这家|自己|人们)?(?:就|也|都|还|又|已经|已|一共|总共|累计|光)*$"
)
# Behind the verb, one of which no spoken predicate is without.
_DONE = re.compile("[了出进掉]")
_SAME = {"USD": "CNY", "HKD": "CNY", "TWD": "CNY", "jin": "t", "kg": "t"}


@cache
def _pattern() -> tuple[re.Pattern[str], dict[tuple[str, str], str]]:
    nouns = {(row["word"], row["unit"]): row["noun"] for row in seed_rows("spoken_predicates")}
    verbs = "|".join(sorted({word for word, _ in nouns}))
    return (
        re.compile(rf"(?P<verb>{verbs})(?:了|出了?|进去了?|掉了?)(?:将?近|大?约|超过?|整整|足足|至少|不到)?$"),
        nouns,
    )


def spoken_noun(lead: str, unit: str) -> str | None:
    """The noun for words before a figure that end in a spoken predicate; None where they do not."""
    if not _DONE.search(lead):
        return None
    pattern, nouns = _pattern()
    lead = lead.strip(" 　，,、")
    match = pattern.search(lead)
    noun = nouns.get((match["verb"], _SAME.get(unit, unit))) if match else None
    if match is None or noun is None:
        return None
    who = trim_lead(lead[: match.start()])
    if _WHO.match(who):
        return noun
    return who + noun if len(who) <= 14 else None
