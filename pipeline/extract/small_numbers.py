"""Small integers as dates and plans write them: 14, 十四, 二〇."""

_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}


def chinese_int(text: str) -> int:
    """A small integer in Arabic or Chinese digits, up to 99. ValueError for anything else.

    >>> chinese_int("十四"), chinese_int("二十"), chinese_int("7")
    (14, 20, 7)
    """
    if text.isdigit():
        return int(text)
    if not text or not set(text) <= set(_DIGITS) | {"十"}:
        raise ValueError(f"no small integer: {text}")
    if "十" in text:
        tens, _, ones = text.partition("十")
        if len(tens) > 1 or len(ones) > 1:
            raise ValueError(f"no small integer: {text}")
        return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)
    return int("".join(str(_DIGITS[c]) for c in text))


def plan_years(ordinal: int) -> tuple[int, int]:
    """First and last year of the N-th five-year plan (the tenth, 十五, began in 2001).

    >>> plan_years(14)
    (2021, 2025)
    """
    first = 2001 + 5 * (ordinal - 10)
    return first, first + 4
