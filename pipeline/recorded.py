"""Accuracy on record: ``seeds/tables/evaluation.csv``, a row a corpus, kind of document and figure, and the floor of each.

A floor is the best share on record, rounded down to three decimals: recording raises it and never lowers it. Whoever lowers one
does it by hand, with the reason in the changelog; a gate is red while a figure lies below its floor.
"""

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path

from pipeline.contract.paths import TABLES
from pipeline.score import Score

EVALUATION, FLOORS = "evaluation.csv", "evaluation_floors.csv"
KEY = ("corpus", "document_kind", "figure")
COUNTED = (*KEY, "n", "right", "extractor_hash")
FLOORED = (*KEY, "floor")

Key = tuple[str, ...]


def record(
    corpus: str, scores: Mapping[str, Score], extractor: str, tables: Path | None = None
) -> tuple[int, list[str]]:
    """Put the scores of a corpus, by kind of document, in place of those on record, and raise its floors.

    ``tables`` is another folder to record in. Returns the number of rows of the corpus, and a line for every figure that lies
    below its floor or is not scored any more.
    """
    tables = tables or TABLES
    rows = {
        (corpus, kind, figure): (scored.n[figure], scored.right[figure])
        for kind, scored in scores.items()
        for figure in scored.n
    }
    others = [row for row in _read(tables / EVALUATION) if row["corpus"] != corpus]
    kept = {_key(row): (row["n"], row["right"], row["extractor_hash"]) for row in others}
    _write(tables / EVALUATION, COUNTED, kept | {key: (*counted, extractor) for key, counted in rows.items()})
    floors = {_key(row): row["floor"] for row in _read(tables / FLOORS)}
    fallen = [
        f"{' '.join(key)}: {f'{rows[key][1]} of {rows[key][0]}' if key in rows else 'not scored'}, its floor is {floor}"
        for key, floor in sorted(floors.items())
        if key[0] == corpus and (key not in rows or below(*rows[key], floor))
    ]
    raised = {key: max(floors.get(key, "0.000"), floor_of(*counted)) for key, counted in rows.items()}
    _write(tables / FLOORS, FLOORED, {key: (floor,) for key, floor in (floors | raised).items()})
    return len(rows), fallen


def floor_of(n: int, right: int) -> str:
    """The share as a floor, three decimals, rounded down.

    >>> floor_of(565, 530), floor_of(3, 3)
    ('0.938', '1.000')
    """
    thousandths = right * 1000 // n
    return f"{thousandths // 1000}.{thousandths % 1000:03}"


def below(n: int, right: int, floor: str) -> bool:
    """Whether a share lies below its floor.

    >>> below(565, 530, "0.938"), below(565, 529, "0.938")
    (False, True)
    """
    return right * 1000 < round(float(floor) * 1000) * n


def _key(row: Mapping[str, str]) -> Key:
    return tuple(row[name] for name in KEY)


def _read(path: Path) -> list[dict[str, str]]:
    """Rows of a table on record; none where it is not there yet."""
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _write(path: Path, head: Iterable[str], rows: Mapping[Key, tuple[int | str, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(head)
        writer.writerows((*key, *values) for key, values in sorted(rows.items()))
