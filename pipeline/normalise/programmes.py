"""Special actions, tasks and policy measures: numbered headings of a document, the stretch each governs, the claims in it.

What opens a programme stands in ``programme_cues.csv``: words before and after its number, and whether it may open a
paragraph (``run_in``) instead of standing as a heading; or the word of the section whose numbered headings are tasks or
measures. The number of such a heading is led by those of the headings above it (``一.2``).
"""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from pipeline.contract.seed import seed_rows
from pipeline.normalise.model import Row
from pipeline.normalise.passages import Document

NUMBER = r"(?P<number>[0-9]+|[一二三四五六七八九十百]+)"
NUMBERED = re.compile(rf"\s*(?:[(（]\s*{NUMBER}\s*[)）]|{NUMBER.replace('number', 'bare')}\s*[.．、])\s*")
PATH = " / "


@dataclass(frozen=True, slots=True)
class Cue:
    """How programmes of a kind begin. ``section``: the word of the section whose numbered headings they are."""

    kind: str
    opening: re.Pattern[str]
    run_in: bool
    section: str


@cache
def cues() -> tuple[Cue, ...]:
    """The cues in table order."""
    return tuple(
        Cue(row["kind"], _opening(row["before"], row["after"]), row["run_in"] == "yes", row["section"])
        for row in seed_rows("programme_cues")
    )


def _opening(before: str, after: str) -> re.Pattern[str]:
    if not before + after:
        return NUMBERED
    return re.compile(rf"\s*{re.escape(before)}\s*{NUMBER}\s*{re.escape(after)}[\s:：、.]*")


def _number(cue: Cue, opening: re.Match[str], above: str) -> str | None:
    """The number of a programme as the cue counts it; null where the heading stands in no section of the cue."""
    number = opening["number"] or opening["bare"] if cue.section else opening["number"]
    if not cue.section:
        return str(number)
    headings = above.split(PATH)
    at = next((index for index, heading in enumerate(headings) if heading.endswith(cue.section)), None)
    if at is None:
        return None
    leading = [NUMBERED.match(heading) for heading in headings[at + 1 :]]
    return ".".join([*(found["number"] or found["bare"] for found in leading if found), str(number)])


def programmes(document: Document) -> list[dict[str, Any]]:
    """Rows of the table ``programmes`` for one document.

    A heading governs all up to the next heading of its level or a higher one; a measure that opens a paragraph governs
    that paragraph.
    """
    rows = []
    used: Counter[str] = Counter()
    for index, passage in enumerate(document.passages):
        words = document.words(passage)
        heading = passage["kind"] == "heading"
        for cue in cues():
            if not (heading or cue.run_in):
                continue
            opening = cue.opening.match(words)
            number = _number(cue, opening, passage["section_path"] or "") if opening else None
            if opening is None or number is None:
                continue
            last = document.section_end(index) - 1 if heading else index
            title = words[opening.end() :].split("。")[0].strip()
            name = f"{document.source_id}/{cue.kind}-{number}"
            used[name] += 1
            rows.append(
                {
                    "programme_id": name if used[name] == 1 else f"{name}.{used[name]}",
                    "kind": cue.kind,
                    "number": number,
                    "title": title or None,
                    "section_path": passage["section_path"],
                    "source_id": document.source_id,
                    "raw_start": passage["raw_start"],
                    "raw_end": max(document.passages[last]["raw_end"], passage["raw_end"]),
                }
            )
            break
    return rows


def programme_claims(rows: Iterable[Row], claims: Iterable[Row]) -> list[dict[str, Any]]:
    """Rows of the table ``programme_claims``: claims that lie in a programme's stretch."""
    told: defaultdict[str, list[Row]] = defaultdict(list)
    for claim in sorted(claims, key=_start):
        told[claim["source_id"]].append(claim)
    made = []
    for row in rows:
        among = told[row["source_id"]]
        first, end = (bisect_left(among, row[name], key=_start) for name in ("raw_start", "raw_end"))
        made += [{"programme_id": row["programme_id"], "claim_id": claim["claim_id"]} for claim in among[first:end]]
    return made


def _start(claim: Row) -> int:
    return int(claim["raw_start"])
