"""Identifiers made of content: the same figure has the same identifier in every build."""

import hashlib
import json
from typing import Any

_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode


def canonical(value: Any) -> str:
    """Canonical JSON: keys sorted, no blanks, Chinese as it is.

    >>> canonical({"b": 1.5, "a": None})
    '{"a":null,"b":1.5}'
    """
    return _encode(value)


def identifier(prefix: str, parts: Any) -> str:
    """``prefix-`` and the first 16 hexadecimal digits of the sha256 of the parts' canonical JSON."""
    return f"{prefix}-{hashlib.sha256(canonical(parts).encode()).hexdigest()[:16]}"


def series_id(
    indicator_id: str,
    region_id: str | None,
    organisation_id: str | None,
    population: str | None,
    measure: str,
    basis: str,
    reference: str | None,
) -> str:
    """Identifier of a series: figures of one series may be set side by side."""
    return identifier("s", [indicator_id, region_id, organisation_id, population, measure, basis, reference])
