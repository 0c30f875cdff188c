"""Where the name of an organisation cannot end or begin: 辽宁大学|生 are a university's students, 商务部|门 is no ministry, and
各|市政府 are all of them.

Words are rows of ``organisation_borders.csv``: a name that ends in ``before`` does not end where ``after`` follows; after the
``before`` of use ``begin`` a word of level (省, 市) begins no name, whatever follows.
"""

from functools import cache

from pipeline.contract.seed import seed_rows


@cache
def _followers() -> tuple[tuple[str, tuple[str, ...]], ...]:
    found: dict[str, list[str]] = {}
    for row in seed_rows("organisation_borders"):
        if row["use"] == "end":
            found.setdefault(row["before"], []).append(row["after"])
    return tuple((ending, tuple(words)) for ending, words in found.items())


@cache
def _openers() -> tuple[str, ...]:
    return tuple(row["before"] for row in seed_rows("organisation_borders") if row["use"] == "begin")


def cuts_a_word(text: str, end: int) -> bool:
    """Whether a name that ends at ``end`` stops inside a word.

    >>> cuts_a_word("省政府采购", 3), cuts_a_word("省政府同意", 3)
    (True, False)
    """
    return any(text.endswith(ending, 0, end) and text.startswith(words, end) for ending, words in _followers())


def begins_none(text: str, start: int) -> bool:
    """Whether the word of level at ``start`` speaks of several places or of a kind, and begins no name.

    >>> begins_none("各市政府", 1), begins_none("城市政府", 1), begins_none("经市政府", 1)
    (True, True, False)
    """
    return text.endswith(_openers(), 0, start)
