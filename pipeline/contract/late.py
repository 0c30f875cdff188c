"""Patterns that are compiled when they are first used, for those that most documents do not need.

Python's engine takes 0.1 to 2 ms to compile a pattern with classes of Chinese characters. All patterns of the grammar together would
take half of the time in which ``liaoning extract`` reads a document of one page, and such a page needs a third of them.
A pattern that every document needs is better compiled at once: to call this one takes some nanoseconds longer.
"""

import re
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any

Find = Callable[..., re.Match[str] | None]


class Late:
    """A regular expression; its methods are those of ``re.Pattern``.

    >>> year = Late("[0-9]{4}年")
    >>> year.search("自2021年起").span(), year.sub("当年", "自2021年起"), year.pattern
    ((1, 6), '自当年起', '[0-9]{4}年')
    """

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self.pattern, self._flags = pattern, flags

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self.pattern, self._flags)

    @cached_property
    def search(self) -> Find:
        """As ``re.Pattern.search``."""
        return self._compiled.search

    @cached_property
    def match(self) -> Find:
        """As ``re.Pattern.match``."""
        return self._compiled.match

    @cached_property
    def fullmatch(self) -> Find:
        """As ``re.Pattern.fullmatch``."""
        return self._compiled.fullmatch

    @cached_property
    def finditer(self) -> Callable[..., Iterator[re.Match[str]]]:
        """As ``re.Pattern.finditer``."""
        return self._compiled.finditer

    @cached_property
    def findall(self) -> Callable[..., list[Any]]:
        """As ``re.Pattern.findall``."""
        return self._compiled.findall

    @cached_property
    def split(self) -> Callable[..., list[str | Any]]:
        """As ``re.Pattern.split``."""
        return self._compiled.split

    @cached_property
    def sub(self) -> Callable[..., str]:
        """As ``re.Pattern.sub``."""
        return self._compiled.sub
