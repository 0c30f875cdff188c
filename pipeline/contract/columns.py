"""Arrow columns of the contract's five types from Python values, without pandas.

``pyarrow.array`` imports pandas, where it is installed, before it looks at the first value: 0.2 s, which a build of few documents
does without. The buffers of these types are so plain that those of a few values are made here.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa

ARROW_TYPES: dict[str, pa.DataType] = {
    "string": pa.string(),
    "int": pa.int64(),
    "float": pa.float64(),
    "bool": pa.bool_(),
    "date": pa.date32(),
}
"""The type of each kind of column."""
ACCEPTED: dict[pa.DataType, tuple[type, ...]] = {
    pa.string(): (str,),
    pa.int64(): (int, np.integer),
    pa.float64(): (float, int, np.number),
    pa.bool_(): (bool, np.bool_),
    pa.date32(): (date,),
}
FEW = 4096
"""Values up to which a column is made here. Of more Arrow makes it, five times as fast once pandas is there."""
EPOCH = np.int32(date(1970, 1, 1).toordinal())
"""The day that days are counted from."""
NUMBERS = {pa.int64(): "<i8", pa.float64(): "<f8"}


def column(values: Sequence[Any], kind: pa.DataType) -> pa.Array:
    """The values, None where there is none, as an array of a type of the contract. ValueError or ArrowException for a value of another type.

    >>> column(["甲", None], pa.string()).to_pylist(), column([date(2024, 1, 5), None], pa.date32()).to_pylist()
    (['甲', None], [datetime.date(2024, 1, 5), None])
    """
    if len(values) > FEW:
        made: pa.Array = pa.array(values, kind)
        return made
    held = [value for value in values if value is not None]
    for found in set(map(type, held)):
        if not issubclass(found, ACCEPTED[kind]) or (found is bool and kind != pa.bool_()):
            raise ValueError(f"a value is no {kind} but {found.__name__}")
    there = None
    if len(held) < len(values):
        there = np.fromiter((value is not None for value in values), dtype=np.bool_, count=len(values))
    data = _strings(values) if kind == pa.string() else [_fixed(held, there, kind)]
    validity = None if there is None else _bits(there)
    return pa.Array.from_buffers(kind, len(values), [validity, *data], null_count=len(values) - len(held))


def _strings(values: Sequence[str | None]) -> list[pa.Buffer]:
    """Where each string ends, and all of them."""
    texts = [value if value is not None else "" for value in values]
    whole = "".join(texts)
    written: Sequence[str | bytes] = texts if whole.isascii() else [text.encode() for text in texts]
    ends = np.zeros(len(written) + 1, dtype="<i8")
    np.cumsum(np.fromiter(map(len, written), dtype="<i8", count=len(written)), out=ends[1:])
    if ends[-1] > np.iinfo(np.int32).max:
        raise ValueError("the strings of a column are more than two gigabytes")
    return [pa.py_buffer(ends.astype("<i4")), pa.py_buffer(whole.encode())]


def _fixed(held: list[Any], there: Any, kind: pa.DataType) -> pa.Buffer:
    """Values of one size; those that are not there are noughts."""
    try:
        if kind == pa.date32():
            made = np.array([day.toordinal() for day in held], dtype="<i4") - EPOCH
        else:
            made = np.array(held, dtype=NUMBERS.get(kind, np.bool_))
    except OverflowError as error:
        raise ValueError(f"a value is too large for {kind}") from error
    if there is not None:
        spread = np.zeros(len(there), dtype=made.dtype)
        spread[there] = made
        made = spread
    return _bits(made) if kind == pa.bool_() else pa.py_buffer(made)


def _bits(flags: Any) -> pa.Buffer:
    return pa.py_buffer(np.packbits(flags, bitorder="little"))
