"""Branches of the telecom operators by their short names: a place and the operator (沈阳移动), where no mobile thing is meant.

A place that the table of regions knows by its full name alone is told by two operators that bear it (湖区移动、湖区电信)."""

import re
from collections.abc import Iterator, Sequence

from pipeline.contract.late import Late
from pipeline.extract.model import Name
from pipeline.extract.places import Place

FIRMS = ("移动", "联通", "电信", "铁塔")
_FIRMS = "|".join(FIRMS)
_BRANCH = Late(
    rf"(?:{_FIRMS})(?:公司|分公司)?(?=[\d，,、：:；。）)]|共|已|累计|建|开通|完成|计划|今年|率先|率|将|也|则|的5G)"
)
_NEAR = Late(
    rf"(?:(?<=[，,。；;：:、（(和及与由\n])|(?<=其中)|^)(?P<where>(?!中国|其中|国际|国内|我[省市县区]|全[省市县区国])[\u4e00-\u9fff]{{2,3}}?)(?P<firm>{_FIRMS})"
    r"(?:公司|分公司)?(?=[\d，,、：:；。）)]|共|已|累计|建|开通|完成)"
)


def _near(text: str, firms: Sequence[int]) -> Iterator[re.Match[str]]:
    """Matches of ``_NEAR``, tried two or three characters before each operator's name alone."""
    begins = {firm - length for firm in firms for length in (2, 3)}
    free = 0
    for start in sorted(begins):
        if start >= free and (match := _NEAR.match(text, start)):
            yield match
            free = match.end()


def branches(text: str, places: list[Place], operators: Sequence[int]) -> list[Name]:
    """The branches that a text names; ``operators``: where it holds one of ``FIRMS``."""
    if not operators:
        return []
    begun = set(operators)
    found = {
        (place.start, match.end())
        for place in places
        if place.scope == "region" and place.end in begun and (match := _BRANCH.match(text, place.end))
    }
    firms: dict[str, set[str]] = {}
    near = list(_near(text, operators))
    for match in near:
        firms.setdefault(match["where"], set()).add(match["firm"])
    found |= {match.span() for match in near if len(firms[match["where"]]) > 1}
    return [Name(start, end, text[start:end], "company") for start, end in sorted(found)]
