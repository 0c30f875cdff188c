"""Sentences to measure with: templates and words of ``phrases.yaml``, places and indicators of ``seeds/tables``.

Objects, aims and names are composed, so that two documents share set phrases and hardly a sentence.
"""

import csv
import re
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml

ROOT = Path(__file__).parent.parent
UNITS = ("count", "percent", "CNY", "index")
"""Units of indicators that a template can say."""
BLANK = re.compile(r"\{([a-z]+)\d?\}")

Template = list[str]
"""Words and names of blanks by turns, words first."""


@cache
def words() -> dict[str, Any]:
    """The vocabulary."""
    return dict(yaml.safe_load((Path(__file__).parent / "phrases.yaml").read_text(encoding="utf-8")))


@cache
def templates(name: str) -> list[Template]:
    """The templates or words of a list, cut at their blanks."""
    return [BLANK.split(template) for template in words()[name]]


def _seeds(table: str) -> list[dict[str, str]]:
    with (ROOT / "seeds" / "tables" / f"{table}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@cache
def places() -> list[tuple[str, str]]:
    """(region_id, name) of provinces and cities that are there today."""
    return [
        (row["region_id"], row["name_zh"])
        for row in _seeds("regions")
        if row["level"] in ("province", "city") and row["gb2260"] and not row["valid_to"]
    ]


@cache
def indicators() -> list[dict[str, str]]:
    """Indicators of the catalogue in units that a template can say."""
    return [row for row in _seeds("indicators") if row["unit"] in UNITS]


class Writer:
    """Sentences of one document of ``place``, by the numbers that ``chance`` draws."""

    def __init__(self, chance: Random, place: str) -> None:
        self.chance, self.place = chance, place
        self.measured: dict[str, str] = {}

    def sentence(self, figures: float) -> str:
        """One sentence, with figures in ``figures`` of all cases."""
        return self.filled(self.pick(templates("figures" if self.chance.random() < figures else "prose")))

    def title(self, kind: str) -> str:
        """A title of a document of this kind."""
        return self.filled(self.pick(templates("titles"))).replace("*", self.pick(words()["kinds"][kind]))

    def heading(self) -> str:
        """A heading of a section, without its number."""
        return self.filled(self.pick(templates("headings")))

    def filled(self, template: Template) -> str:
        """A template with its blanks filled from left to right."""
        said = list(template)
        for at in range(1, len(said), 2):
            said[at] = self._fill(said[at])
        return "".join(said)

    def pick(self, choices: list[Any]) -> Any:
        """One of the choices."""
        return choices[int(self.chance.random() * len(choices))]

    def _fill(self, name: str) -> str:
        if (low_high := NUMBERS.get(name)) is not None:
            return str(self._number(*low_high))
        if (composed := COMPOSED.get(name)) is not None:
            return "".join([self.pick(words()[part]) for part in composed])
        if name == "place":
            return self.place if self.chance.random() < 0.4 else str(self.pick(places())[1])
        if name == "indicator":
            self.measured = self.pick(indicators())
            return self.measured["name_zh"].removesuffix("数")
        if name == "level":
            return self._level()
        if name == "kind":
            return "*"
        return self.filled(self.pick(templates(f"{name}s" if name not in WITHOUT_S else name)))

    def _number(self, low: int, high: int, scale: int) -> int | float:
        drawn = low + int(self.chance.random() * (high - low + 1))
        return drawn * scale if scale > 0 else drawn / -scale

    def _level(self) -> str:
        """A value of the indicator that was named last, in its unit."""
        unit = self.measured["unit"]
        if unit == "percent":
            return f"{self._number(120, 989, -10)}%"
        if unit == "CNY":
            return f"{self._number(100, 99999, -10)}亿元"
        if unit == "index":
            return str(self._number(400, 990, -10))
        counted = self._number(3, 9999, 1)
        scaled = f"{counted / 100}万" if self.chance.random() < 0.2 else f"{counted}"
        return scaled + (self.measured["classifier"] or "个")


NUMBERS = {
    "count": (20, 900, 1),
    "part": (1, 19, 1),
    "money": (20, 1800, 5),
    "rate": (11, 290, -10),
    "share": (21, 490, -10),
    "high": (801, 999, -10),
    "rank": (1, 14, 1),
    "year": (2016, 2024, 1),
    "goal": (2025, 2030, 1),
}
"""Blanks for numbers: the least and the largest draw, and what it is multiplied by, or divided by where negative."""
COMPOSED = {
    "object": ("modifiers", "things", "aspects"),
    "site": ("first", "second", "sites"),
    "work": ("first", "second", "things", "works"),
}
"""Blanks that are put together from words of several lists."""
WITHOUT_S = ("people", "named")
"""Blanks whose list is named as they are."""
