"""Accuracy on annotated documents, as the annotation guideline counts it: for ``liaoning score`` and the table ``evaluation``.

An annotated claim and an extracted one match when their raw spans overlap by at least half of the shorter; the best overlaps
are taken first, one to one. Optional annotations count neither for nor against.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Line = Mapping[str, Any]

NEEDED = ("start", "end", "quote", "indicator")
"""What every annotated claim has, beside the document."""

FIELDS = ("value", "bound", "unit", "classifier", "measure", "statement", "period", "region", "subject", "indicator")
ALIKE = 0.6
"""Two phrases agree when their longest common subsequence is at least this share of their mean length."""
WHOLE = ("value", "bound", "unit", "measure", "statement", "period", "region", "indicator")
"""A claim is right as a whole (figure ``claim``) when it is found and these fields agree."""
CONFIDENT = 0.9
"""Claims with this confidence or more are scored in the figure ``confident`` (``docs/confidence.md``)."""
SURE_OF = ("value", "unit", "bound")
"""What confidence speaks of."""
WORST = ("confident", "missed", "extra", *FIELDS)
"""Kinds of error, the worst first."""


@dataclass(frozen=True, slots=True)
class Error:
    """One wrong decision: its kind (one of WORST), where it stands (raw offset), and what was wrong in words."""

    kind: str
    start: int
    told: str


@dataclass(slots=True)
class Score:
    """Counts by figure: ``n`` scored and ``right``. ``found`` scores recall, ``precise`` precision, ``claim`` whole claims,
    ``confident`` the claims that were given confidence; the others are fields."""

    n: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    errors: list[Error] = field(default_factory=list)

    def add(self, figure: str, right: bool) -> None:
        """Count one decision."""
        self.n[figure] += 1
        self.right[figure] += right

    def wrong(self, kind: str, line: Line, told: str) -> None:
        """Note an error at an annotated or extracted line."""
        self.errors.append(Error(kind, line["start"], f"{line['quote']} {told}"))

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


def find_document(name: str, gold: Sequence[Path], folders: Sequence[Path]) -> Path | None:
    """The annotated document: in one of the folders named, else beside the gold or in a folder next to it or up to two levels above."""
    near = [folder for file in gold for folder in list(file.absolute().parents)[:3]] if not folders else []
    for folder in (*folders, *dict.fromkeys(near)):
        inside = sorted(path for path in folder.iterdir() if path.is_dir()) if not folders else []
        found = next((place / name for place in (folder, *inside) if (place / name).is_file()), None)
        if found is not None:
            return found
    return None


def score(annotated: Sequence[Line], extracted: Sequence[Line]) -> Score:
    """Score the claims of one document."""
    covers = next((line["covers"] for line in annotated if "covers" in line), None)
    gold = [line for line in annotated if "covers" not in line]
    if covers:
        extracted = [line for line in extracted if covers[0] <= line["start"] < covers[1]]
    matched = pairs(gold, extracted)
    optional = [line for line in gold if line.get("optional")]
    result = Score()
    for place, line in enumerate(gold):
        if line.get("optional"):
            continue
        result.add("found", place in matched)
        if place not in matched:
            result.add("claim", False)
            result.wrong("missed", line, f"({line['indicator']})")
            continue
        result.add("precise", True)
        _compare(result, line, extracted[matched[place]])
    taken = set(matched.values())
    for place, line in enumerate(extracted):
        if place not in taken and not any(_overlap(other, line) > 0 for other in optional):
            result.add("precise", False)
            result.wrong("extra", line, f"({line['indicator']})")
            _confident(result, line, "no annotated claim")
    return result


def _compare(result: Score, line: Line, found: Line) -> None:
    """Score the fields of a claim against the annotated ``line`` it matches."""
    wrong = set()
    for name in FIELDS:
        if (name == "classifier" and line.get("unit") != "count") or (name == "region" and line.get("subject")):
            continue
        same = _agree(name, line, found)
        result.add(name, same)
        if not same:
            wrong.add(name)
            result.wrong(name, line, f"{_shown(name, found)} for {_shown(name, line)}")
    result.add("claim", wrong.isdisjoint(WHOLE))
    _confident(result, found, ", ".join(name for name in SURE_OF if name in wrong))


def _confident(result: Score, found: Line, wrong: str) -> None:
    """Score what a claim's confidence promised; ``wrong`` says what is not so, empty where all is right."""
    if found.get("confidence") is None or found["confidence"] < CONFIDENT:
        return
    result.add("confident", not wrong)
    if wrong:
        result.wrong("confident", found, f"given {found['confidence']:.2f}, wrong: {wrong}")


def _shown(name: str, line: Line) -> str:
    if name == "value" and line.get("value") is None:
        return f"{line.get('low')}–{line.get('high')}"
    return repr(line.get(name))


def pairs(gold: Sequence[Line], found: Sequence[Line]) -> dict[int, int]:
    """Place of each line of ``gold`` that has a match, and the place of its match in ``found``; one to one, the best overlaps first."""
    ranked = sorted(
        (-_overlap(a, b), abs(a["start"] - b["start"]), i, j)
        for i, a in enumerate(gold)
        for j, b in enumerate(found)
        if b["start"] < a["end"] and a["start"] < b["end"] and _overlap(a, b) >= 0.5
    )
    matched: dict[int, int] = {}
    for *_, i, j in ranked:
        if i not in matched and j not in matched.values():
            matched[i] = j
    return matched


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
