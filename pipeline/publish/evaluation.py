"""The table ``evaluation``: recorded accuracy with its interval, and whether the grammar is still the one that was scored."""

from math import sqrt

import pyarrow as pa

from pipeline.contract import build
from pipeline.contract.seed import seed_rows
from pipeline.extract import extractor_hash

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
    """Rows of ``seeds/tables/evaluation.csv`` (document_kind, figure, n, right, extractor_hash) with intervals."""
    today = extractor_hash()
    rows = []
    for row in seed_rows("evaluation"):
        n, right = int(row["n"]), int(row["right"])
        low, high = wilson(right, n)
        # Twelve digits: the last bits of a square root differ between machines.
        rows.append(
            {
                "document_kind": row["document_kind"],
                "figure": row["figure"],
                "n": n,
                "right": right,
                "low": round(low, 12),
                "high": round(high, 12),
                "extractor_hash": row["extractor_hash"],
                "stale": row["extractor_hash"] != today,
            }
        )
    return build("evaluation", rows)
