"""Identifiers made of content: the same figure has the same identifier in every build."""

import hashlib
import json
from collections.abc import Sequence
from json.encoder import encode_basestring
from typing import Any

_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode


def canonical(value: Any) -> str:
    """Canonical JSON: keys sorted, no blanks, Chinese as it is.

    >>> canonical({"b": 1.5, "a": None})
    '{"a":null,"b":1.5}'
    """
    return _encode(value)


def identifier(prefix: str, parts: Sequence[Any]) -> str:
    """``prefix-`` and the first 16 hexadecimal digits of the sha256 of the parts' canonical JSON."""
    said = f"[{','.join(map(_part, parts))}]"
    return f"{prefix}-{hashlib.sha256(said.encode()).hexdigest()[:16]}"


def _part(value: Any) -> str:
    """As ``canonical``, at less cost for what most parts are.

    >>> [_part(value) == canonical(value) for value in (None, "乙/'", "", chr(34) + chr(92) + chr(10), [1.5, None])]
    [True, True, True, True, True]
    """
    if value is None:
        return "null"
    return encode_basestring(value) if isinstance(value, str) else canonical(value)


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
