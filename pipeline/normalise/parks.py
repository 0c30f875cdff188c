"""Parks that a document assigns to its cities, and the industries they are to develop.

The form read is the list of a section whose heading names parks: a paragraph opens with a place, names its parks, and goes
on with what they are to develop (``甲市乙产业园、丙软件园,重点发展丁、戊``). Words of that form stand in ``park_cues.csv``.

A park's name leaves out the place that opens the paragraph where it stands in full (甲市乙产业园 gives 乙产业园): there it is
the owner. A short place name stays, for it is part of the name (甲国际软件园).
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from pipeline.contract.seed import seed_rows
from pipeline.normalise.model import Row
from pipeline.normalise.passages import Document
from pipeline.normalise.places import Places

CLAUSE = re.compile(r"[,，;；。]")
ITEM = re.compile(r"[^、]+")

Stretch = tuple[int, int]


@cache
def words(kind: str) -> tuple[str, ...]:
    """Words of ``park_cues.csv`` of a kind, longest first."""
    found = {row["word"] for row in seed_rows("park_cues") if row["kind"] == kind}
    return tuple(sorted(found, key=lambda word: (-len(word), word)))


def parks(document: Document, places: Places, scope: str | None) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Rows of ``parks`` and of ``park_industries`` for one document; ``scope`` is the place the document speaks for."""
    rows, industries = [], []
    for passage in _park_paragraphs(document):
        text = document.words(passage)
        found = places.opening(text.lstrip(), scope)
        if found is None:
            continue
        (owner, region_id), indent = found, len(text) - len(text.lstrip())
        begin = indent + (len(owner) if owner.endswith(words("owner_ending")) else 0)
        listed = park_names(text, begin, indent + len(owner))
        developed = industries_of(text[listed[-1][1] :]) if listed else []
        for start, end in listed:
            raw_start, raw_end = document.raw(passage, start, end)
            park_id = f"{document.source_id}:{raw_start}-{raw_end}"
            rows.append(
                {
                    "park_id": park_id,
                    "name": text[start:end],
                    "region_id": region_id,
                    "source_id": document.source_id,
                    "raw_start": raw_start,
                    "raw_end": raw_end,
                }
            )
            industries += [{"park_id": park_id, "industry": industry} for industry in developed]
    return rows, industries


def _park_paragraphs(document: Document) -> Iterator[Row]:
    """Paragraphs and list items under headings that name parks, each once."""
    listed = 0
    for index, passage in enumerate(document.passages):
        if passage["kind"] != "heading" or not any(word in document.words(passage) for word in words("section")):
            continue
        for inside in range(max(index + 1, listed), document.section_end(index)):
            listed = inside + 1
            paragraph = document.passages[inside]
            if paragraph["kind"] in ("paragraph", "list_item") and paragraph["repeats"] is None:
                yield paragraph


def park_names(text: str, begin: int, after_owner: int) -> list[Stretch]:
    """Stretches of the names listed from ``begin`` to the first comma or verb of planning.

    ``after_owner``: where the opening place ends; verbs there (推进…建设) are no part of a name. What does not end in a word
    for a park is left out.

    >>> text = "甲市推进乙产业园、丙小镇建设,发展丁"
    >>> [text[start:end] for start, end in park_names(text, 2, 2)]
    ['乙产业园', '丙小镇']
    """
    closing = CLAUSE.search(text, begin)
    end = closing.start() if closing else len(text)
    end = min([end, *(at for word in words("plan") if (at := text.find(word, after_owner, end)) >= 0)])
    for verb in words("verb"):
        if text.startswith(verb, after_owner):
            begin = after_owner + len(verb)
            break
    for tail in words("tail"):
        if text.endswith(tail, begin, end):
            end -= len(tail)
            break
    found: list[Stretch] = []
    for item in ITEM.finditer(text, begin, end):
        found += _divide(text, item.start(), item.end())
    return [(start, stop) for start, stop in found if stop - start > 1 and text.endswith(words("noun"), start, stop)]


def _divide(text: str, start: int, end: int) -> list[Stretch]:
    """An item at a conjunction, where a name of a park ends before it; 信息和软件产业园 stays one."""
    for word in words("conjunction"):
        at = text.find(word, start, end)
        while at >= 0:
            if text.endswith(words("noun"), start, at) and at + len(word) < end:
                return [(start, at), *_divide(text, at + len(word), end)]
            at = text.find(word, at + 1, end)
    return [(start, end)]


def industries_of(text: str) -> list[str]:
    """Industries a text says are to be developed, built up or transformed, each once, in order.

    >>> industries_of("乙产业园,重点发展软件和信息服务、芯片等产业,大力发展由激光引领的制造和电商。")
    ['软件和信息服务', '芯片', '制造', '电商']
    >>> industries_of("乙园,推进灯塔产业,建设数据中心,推动渔业、造船等产业数字化转型,农机与渔具跟上。")
    ['灯塔', '渔业', '造船', '农机', '渔具']
    """
    found: list[str] = []
    for clause in CLAUSE.split(text):
        listed = _after_verb(clause) or _built(clause) or _transformed(clause) or _following(clause)
        found += [industry for industry in _listed(listed or "") if industry]
    return list(dict.fromkeys(found))


def _after_verb(clause: str) -> str | None:
    """What a clause says is to be developed; the verb opens it, or ends the list of parks where no comma stands."""
    for verb in words("industry"):
        if (bare := _unlinked(clause)).startswith(verb):
            return bare.removeprefix(verb)
    return None


def _built(clause: str) -> str | None:
    """What is to be built up, where that is an industry: other things are built too (推进…中心建设)."""
    clause = _unlinked(clause)
    for tail in words("tail"):
        clause = clause.removesuffix(tail)
    for verb in words("build"):
        if clause.startswith(verb):
            return clause.removeprefix(verb) if clause.endswith(words("built")) else None
    return None


def _transformed(clause: str) -> str | None:
    """What is to be transformed: the list between the last verb of moving and the word for industries in change."""
    for ending in words("transformed"):
        if clause.endswith(ending):
            before = clause.removesuffix(ending)
            starts = [at + len(verb) for verb in words("transform") if (at := before.rfind(verb)) >= 0]
            return before[max(starts) :] if starts else None
    return None


def _following(clause: str) -> str | None:
    """What is to keep pace with the industries named before."""
    for ending in words("following"):
        if clause.endswith(ending):
            return clause.removesuffix(ending)
    return None


def _unlinked(clause: str) -> str:
    for link in words("link"):
        clause = clause.removeprefix(link)
    return clause


def _listed(text: str) -> list[str]:
    """Items of a list. With 等 at its end 和 joins no items but words of one; without, it joins the last two."""
    closed = False
    for ending in words("ending"):
        if text.endswith(ending):
            text, closed = text.removesuffix(ending), True
            break
    *first, last = text.replace("以及", "、").replace("及", "、").split("、")
    items = [*first, *([last] if closed else re.split("[和与]", last))]
    return [_industry(item.split("的")[-1].strip()) for item in items]


def _industry(item: str) -> str:
    """An industry without the word that says it is one (芯片产业, 芯片产业基地 are 芯片)."""
    for ending in words("item_ending"):
        if item.endswith(ending) and len(item) > len(ending) + 1:
            return item.removesuffix(ending)
    return item
