"""Accuracy on annotated documents, as the annotation guideline counts it: for ``liaoning score`` and the table ``evaluation``.

An annotated claim and an extracted one match when their raw spans overlap by at least half of the shorter; the best overlaps
are taken first, one to one. Optional annotations count neither for nor against.
"""

import csv
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.contract.paths import TABLES

Line = Mapping[str, Any]

NEEDED = ("start", "end", "quote", "indicator")
"""What every annotated claim has, beside the document."""

FIELDS = ("value", "bound", "unit", "classifier", "measure", "statement", "period", "region", "subject", "indicator")
ALIKE = 0.6
"""Two phrases agree when their longest common subsequence is at least this share of their mean length."""


@dataclass(slots=True)
class Score:
    """Counts by figure: ``n`` scored and ``right``; ``found`` scores recall, ``precise`` precision."""

    n: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)

    def add(self, figure: str, right: bool) -> None:
        """Count one decision."""
        self.n[figure] += 1
        self.right[figure] += right

    def join(self, other: "Score") -> None:
        """Add the counts of another document."""
        self.n.update(other.n)
        self.right.update(other.right)
        self.errors += other.errors

    def share(self, figure: str) -> float:
        """Right of scored; 1 where nothing was scored."""
        return self.right[figure] / self.n[figure] if self.n[figure] else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of recall and precision."""
        recall, precision = self.share("found"), self.share("precise")
        return 2 * recall * precision / (recall + precision) if recall + precision else 0.0


def score(annotated: Sequence[Line], extracted: Sequence[Line]) -> Score:
    """Score the claims of one document."""
    covers = next((line["covers"] for line in annotated if "covers" in line), None)
    gold = [line for line in annotated if "covers" not in line]
    if covers:
        extracted = [line for line in extracted if covers[0] <= line["start"] < covers[1]]
    pairs = _pairs(gold, extracted)
    optional = [line for line in gold if line.get("optional")]
    result = Score()
    for place, line in enumerate(gold):
        if line.get("optional"):
            continue
        result.add("found", place in pairs)
        if place not in pairs:
            result.errors.append(f"missed {line['start']} {line['quote']} ({line['indicator']})")
            continue
        found = extracted[pairs[place]]
        result.add("precise", True)
        for name in FIELDS:
            if (name == "classifier" and line.get("unit") != "count") or (name == "region" and line.get("subject")):
                continue
            same = _agree(name, line, found)
            result.add(name, same)
            if not same:
                result.errors.append(
                    f"{name} {line['start']} {line['quote']}: {found.get(name)!r} for {line.get(name)!r}"
                )
    taken = set(pairs.values())
    for place, line in enumerate(extracted):
        if place not in taken and not any(_overlap(other, line) > 0 for other in optional):
            result.add("precise", False)
            result.errors.append(f"extra {line['start']} {line['quote']} ({line['indicator']})")
    return result


def _pairs(gold: Sequence[Line], found: Sequence[Line]) -> dict[int, int]:
    ranked = sorted(
        (-_overlap(a, b), abs(a["start"] - b["start"]), i, j)
        for i, a in enumerate(gold)
        for j, b in enumerate(found)
        if b["start"] < a["end"] and a["start"] < b["end"] and _overlap(a, b) >= 0.5
    )
    pairs: dict[int, int] = {}
    for *_, i, j in ranked:
        if i not in pairs and j not in pairs.values():
            pairs[i] = j
    return pairs


def _overlap(a: Line, b: Line) -> float:
    shared: int = min(a["end"], b["end"]) - max(a["start"], b["start"])
    shorter: int = min(a["end"] - a["start"], b["end"] - b["start"])
    return max(shared, 0) / max(1, shorter)


def _agree(name: str, gold: Line, found: Line) -> bool:
    if name == "value":
        return all(_same_number(gold.get(part), found.get(part)) for part in ("value", "low", "high"))
    if name in ("indicator", "subject"):
        return alike(gold.get(name) or "", found.get(name) or "") >= ALIKE
    if name == "period":
        return _same_period(gold.get(name) or "", found.get(name) or "")
    return bool(gold.get(name) == found.get(name))


def _same_number(a: float | None, b: float | None) -> bool:
    return a is b if a is None or b is None else abs(a - b) <= 1e-6 * max(1.0, abs(a))


def _same_period(a: str, b: str) -> bool:
    """Equal, or one with an open start (by the end of 2025) and both end together."""
    return a == b or ("/" in (a[:1], b[:1]) and a.split("/")[-1] == b.split("/")[-1])


def alike(a: str, b: str) -> float:
    """Longest common subsequence of two phrases over their mean length, white space aside.

    >>> alike("5G基站数量", "5G基站")
    0.8
    """
    a, b = "".join(a.split()), "".join(b.split())
    if not a or not b:
        return float(a == b)
    row = [0] * (len(b) + 1)
    for x in a:
        before = 0
        for j, y in enumerate(b, 1):
            before, row[j] = row[j], before + 1 if x == y else max(row[j], row[j - 1])
    return 2 * row[-1] / (len(a) + len(b))


def read_annotations(paths: Iterable[Path]) -> dict[str, list[dict[str, Any]]]:
    """Annotated lines by document. Raises ValueError naming the file and line that is none."""
    found: dict[str, list[dict[str, Any]]] = {}
    for path in paths:
        for number, text in enumerate(path.read_bytes().split(b"\n"), 1):
            if text.strip():
                try:
                    line = json.loads(text)
                    missing = [name for name in ("doc", *(() if "covers" in line else NEEDED)) if name not in line]
                except (ValueError, TypeError) as error:
                    raise ValueError(f"{path}, line {number}: not an annotated claim ({error})") from error
                if missing:
                    raise ValueError(f"{path}, line {number}: not an annotated claim, it has no {missing[0]}")
                found.setdefault(line["doc"], []).append(line)
    return found


def record(scores: Mapping[str, Score], extractor: str) -> int:
    """Write ``seeds/tables/evaluation.csv`` from scores by kind of document; returns the number of rows."""
    rows = [
        (kind, figure, scored.n[figure], scored.right[figure], extractor)
        for kind, scored in sorted(scores.items())
        for figure in sorted(scored.n)
    ]
    with (TABLES / "evaluation.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("document_kind", "figure", "n", "right", "extractor_hash"))
        writer.writerows(rows)
    return len(rows)
