"""Which money 元 is: the one named before the number (新台币3亿元), else that of the place the document speaks for.

Words are rows of ``currency_words.csv``, places of ``region_currencies.csv``. Where 人民币 stands by, 元 is CNY everywhere.
"""

import re
from functools import cache

from pipeline.contract.seed import seed_rows
from pipeline.extract.model import Quantity

HOME = "CNY"
_REACH = 8


@cache
def _words() -> tuple[re.Pattern[str], dict[str, str]]:
    units = {row["word"]: row["unit"] for row in seed_rows("currency_words")}
    return re.compile(rf"(?P<word>{'|'.join(sorted(map(re.escape, units), key=len, reverse=True))})[ ]?$"), units


def currency_before(text: str, at: int) -> tuple[str, int] | None:
    """The currency named right before offset ``at``, and where its word begins."""
    pattern, units = _words()
    found = pattern.search(text, max(0, at - _REACH), at)
    return (units[found["word"]], found.start()) if found else None


@cache
def _leading() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(sorted(map(re.escape, _words()[1]), key=len, reverse=True))})(?=[十百千万亿]*元)")


def parted(unit: str) -> tuple[str, str]:
    """A unit of a table's note parted into the word for the money and the rest.

    >>> parted("新台币千元"), parted("万美元")
    (('新台币', '千元'), ('', '万美元'))
    """
    found = _leading().match(unit)
    return (found[0], unit[found.end() :]) if found else ("", unit)


@cache
def _places() -> dict[str, str]:
    return {row["region_id"]: row["unit"] for row in seed_rows("region_currencies")}


def currency_of(region_id: str | None) -> str:
    """The unit that 元 stands for in a document that speaks for this region.

    >>> currency_of("810000"), currency_of("210100"), currency_of(None)
    ('HKD', 'CNY', 'CNY')
    """
    return _places().get((region_id or "")[:2] + "0000", HOME)


def localised(quantity: Quantity, reading: str, currency: str) -> Quantity:
    """The quantity with 元 as ``currency``; ``reading`` is all that it was read from, which may name 人民币."""
    plain = quantity.unit == HOME and currency != HOME and not re.search("人民[币幣]", reading)
    return quantity._replace(unit=currency) if plain else quantity
