"""Special actions and policy measures: numbered headings of a document, the stretch each governs, the claims in it.

What opens a programme stands in ``programme_cues.csv``: words before and after its number, and whether it may open a
paragraph (``run_in``) instead of standing as a heading.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from pipeline.contract.seed import seed_rows
from pipeline.normalise.model import Row
from pipeline.normalise.passages import Document

NUMBER = r"(?P<number>[0-9]+|[一二三四五六七八九十百]+)"


@dataclass(frozen=True, slots=True)
class Cue:
    """How programmes of a kind begin."""

    kind: str
    opening: re.Pattern[str]
    run_in: bool


@cache
def cues() -> tuple[Cue, ...]:
    """The cues in table order."""
    return tuple(
        Cue(
            row["kind"],
            re.compile(rf"\s*{re.escape(row['before'])}\s*{NUMBER}\s*{re.escape(row['after'])}[\s:：、.]*"),
            row["run_in"] == "yes",
        )
        for row in seed_rows("programme_cues")
    )


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
            opening = cue.opening.match(words)
            if opening is None or not (heading or cue.run_in):
                continue
            last = document.section_end(index) - 1 if heading else index
            title = words[opening.end() :].split("。")[0].strip()
            name = f"{document.source_id}/{cue.kind}-{opening['number']}"
            used[name] += 1
            rows.append(
                {
                    "programme_id": name if used[name] == 1 else f"{name}.{used[name]}",
                    "kind": cue.kind,
                    "number": opening["number"],
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
    for claim in claims:
        told[claim["source_id"]].append(claim)
    return [
        {"programme_id": row["programme_id"], "claim_id": claim["claim_id"]}
        for row in rows
        for claim in told[row["source_id"]]
        if row["raw_start"] <= claim["raw_start"] < row["raw_end"]
    ]
