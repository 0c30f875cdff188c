"""Whom a whole piece of news is about: the firm, bank, park or fair whose name opens its headline and comes back in its text."""

import re

from pipeline.contract.late import Late
from pipeline.extract.lexicon import seek
from pipeline.extract.model import Name
from pipeline.extract.names import find_names
from pipeline.extract.phrases import trim_lead
from pipeline.extract.places import find_places

_KINDS = frozenset({"company", "hospital", "university", "institute", "event"})
# 全国第一！远山电器…; 快讯：远山电器…
_BEGINS = Late(r"^.*[！!？?：:]|^[^，。]{0,12}(?<=[\d ])[ 　]")
_WITH_OTHERS = re.compile(r"^(?:、|和|与|及|携手|联合|等|VS|对比)")


def item_subject(title: str | None, text: str, names: list[Name]) -> tuple[str, str] | None:
    """Name and kind; None where the headline opens with no name, names several, or the text speaks more of another."""
    told = _of_headline(title or "")
    if told is None:
        return None
    others = {name.text for name in names if name.kind == told.kind and told.text not in name.text}
    body = text.replace(title or "", "")
    again = body.count(told.text.partition("届")[2] or told.text)
    if not again or any(body.count(other) > again for other in sorted(others)):
        return None
    return told.text, told.kind


def _of_headline(title: str) -> Name | None:
    sought = seek([title])[0]
    places = find_places(title, sought.places, [], None, all_names=True)
    found = find_names(title, places, sought.known, sought.suffixes, sought.operators)
    names = [name for name in found if name.kind in _KINDS]
    if not names or len({name.text for name in names}) > 1:
        return None
    before, after = title[: names[0].start], title[names[0].end :]
    opens = not trim_lead(_BEGINS.sub("", before)).strip('“”"《 ')
    return names[0] if opens and not _WITH_OTHERS.match(after) else None
