"""Whether the last character of a name begins another word: 辽宁大学|生 names a university's students, 商务部|门 no ministry.

Words are rows of ``organisation_borders.csv``: what a name ends in, and what must not follow it.
"""

from functools import cache

from pipeline.contract.seed import seed_rows


@cache
def _followers() -> tuple[tuple[str, tuple[str, ...]], ...]:
    found: dict[str, list[str]] = {}
    for row in seed_rows("organisation_borders"):
        found.setdefault(row["ending"], []).append(row["follower"])
    return tuple((ending, tuple(words)) for ending, words in found.items())


def cuts_a_word(text: str, end: int) -> bool:
    """Whether a name that ends at ``end`` stops inside a word.

    >>> cuts_a_word("省政府采购", 3), cuts_a_word("省政府同意", 3)
    (True, False)
    """
    return any(text.endswith(ending, 0, end) and text.startswith(words, end) for ending, words in _followers())
