"""The table ``evaluation``: recorded accuracy with its interval, and whether the grammar is still the one that was scored."""

from collections.abc import Mapping
from math import sqrt

import pyarrow as pa

from pipeline.contract import BY_NAME, build
from pipeline.contract.seed import seed_rows
from pipeline.extract import extractor_hash

KEY = BY_NAME["evaluation"].key
Z = 1.959963984540054
"""Two-sided 95 % of the normal distribution."""


def wilson(right: int, n: int) -> tuple[float, float]:
    """Wilson score interval of a share, 95 % (Wilson 1927).

    >>> [round(end, 4) for end in wilson(9, 10)]
    [0.5958, 0.9821]
    """
    share = right / n
    middle = share + Z * Z / (2 * n)
    half = Z * sqrt(share * (1 - share) / n + Z * Z / (4 * n * n))
    scale = 1 + Z * Z / n
    return max(0.0, (middle - half) / scale), min(1.0, (middle + half) / scale)


def evaluation() -> pa.Table:
    """Rows of ``seeds/tables/evaluation.csv`` with their intervals and their floors (``evaluation_floors.csv``).

    Raises ValueError where a figure is given twice, or has a floor and is not recorded any more: a fall must not be hidden so.
    """
    today = extractor_hash()
    floors = {_key(row): float(row["floor"]) for row in seed_rows("evaluation_floors")}
    recorded = seed_rows("evaluation")
    if len({_key(row) for row in recorded}) < len(recorded):
        raise ValueError("evaluation.csv: a figure is given twice; record it with `liaoning score --record`")
    if lost := floors.keys() - {_key(row) for row in recorded}:
        raise ValueError(
            f"evaluation_floors.csv: not scored any more: {' '.join(min(lost))}; record its corpus with `liaoning score --record`,"
            " or take the floor out by hand with the reason in the changelog"
        )
    rows = []
    for row in recorded:
        n, right = int(row["n"]), int(row["right"])
        low, high = wilson(right, n)
        # Twelve digits: the last bits of a square root differ between machines.
        rows.append(
            {
                **{name: row[name] for name in KEY},
                "n": n,
                "right": right,
                "low": round(low, 12),
                "high": round(high, 12),
                "floor": floors.get(_key(row)),
                "extractor_hash": row["extractor_hash"],
                "stale": row["extractor_hash"] != today,
            }
        )
    return build("evaluation", rows)


def _key(row: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(row[name] for name in KEY)
