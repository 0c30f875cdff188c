"""Words by kind, rows of ``number_cues.csv`` (around numbers) and ``name_words.csv`` (in and around names), as parts of regular expressions."""

import re
from functools import cache

from pipeline.contract.seed import seed_rows
from pipeline.extract.alternation import alternation


@cache
def words(kind: str) -> str:
    """An alternation of the words of a kind, longest first. KeyError where the table has none."""
    rows = (*seed_rows("number_cues"), *seed_rows("name_words"))
    found = {row["word"] for row in rows if row["kind"] == kind}
    if not found:
        raise KeyError(f"neither number_cues.csv nor name_words.csv has a kind {kind}")
    return alternation(found)


@cache
def gives(kind: str) -> dict[str, str]:
    """What each word of a kind gives, such as the unit."""
    return {row["word"]: row["gives"] for row in seed_rows("number_cues") if row["kind"] == kind}


@cache
def pattern(template: str) -> re.Pattern[str]:
    """A pattern with ``<kind>`` for the words of that kind.

    >>> bool(pattern(r"<step_verb>.{0,2}$").search("产量跃上新"))
    True
    """
    return re.compile(re.sub(r"(?<!P)<([a-z_]+)>", lambda match: words(match[1]), template))
