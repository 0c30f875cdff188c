"""A chart as one SVG file: panels of dots on a logarithmic axis, every dot with its figure."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

WIDE, LEFT, RIGHT = 920, 190, 70
ROW, TOP, BETWEEN = 19, 64, 40
COLOURS = ("#1d4ed8", "#b45309", "#047857")


@dataclass(frozen=True, slots=True)
class Series:
    """Values of one colour, one a row; None where there is none."""

    name: str
    values: list[float | None]


@dataclass(frozen=True, slots=True)
class Panel:
    """A title, the names of the rows, and the series."""

    title: str
    rows: list[str]
    series: list[Series]


def svg(panels: list[Panel]) -> str:
    """The chart as SVG text."""
    parts: list[str] = []
    top = 10
    for panel in panels:
        parts += _drawn(panel, top)
        top += _height(panel)
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {top}" font-family="sans-serif" font-size="13">',
            f'<rect width="{WIDE}" height="{top}" fill="#ffffff"/>',
            *parts,
            "</svg>",
            "",
        ]
    )


def _height(panel: Panel) -> int:
    return TOP + len(panel.rows) * (len(panel.series) * ROW + 10) + BETWEEN


def _drawn(panel: Panel, top: int) -> Iterator[str]:
    yield f'<text x="14" y="{top + 18}" font-size="16" font-weight="bold">{escape(panel.title)}</text>'
    told = [value for series in panel.series for value in series.values if value]
    if not told:
        return
    for at, series in enumerate(panel.series):
        key = LEFT + at * 170
        yield f'<circle cx="{key}" cy="{top + 38}" r="5" fill="{COLOURS[at % len(COLOURS)]}"/>'
        yield f'<text x="{key + 11}" y="{top + 42}">{escape(series.name)}</text>'
    low, high = math.floor(math.log10(min(told))), math.ceil(math.log10(max(told)))
    high = max(high, low + 1)

    def place(value: float) -> float:
        return LEFT + (math.log10(value) - low) / (high - low) * (WIDE - LEFT - RIGHT)

    block = len(panel.series) * ROW + 10
    bottom = top + TOP + len(panel.rows) * block
    for power in range(low, high + 1):
        x = place(10**power)
        yield f'<path d="M{x:.1f} {top + TOP - 6}V{bottom}" stroke="#cbd5e1"/>'
        yield f'<text x="{x:.1f}" y="{bottom + 16}" text-anchor="middle" fill="#475569">{10**power:g}</text>'
    for row, name in enumerate(panel.rows):
        y = top + TOP + row * block
        yield f'<text x="14" y="{y + block / 2 + 1:.0f}">{escape(name)}</text>'
        yield f'<path d="M14 {y + block - 5}H{WIDE - 14}" stroke="#e2e8f0"/>'
        for at, series in enumerate(panel.series):
            if value := series.values[row]:
                x, centre, colour = place(value), y + at * ROW + 9, COLOURS[at % len(COLOURS)]
                yield f'<circle cx="{x:.1f}" cy="{centre}" r="5" fill="{colour}"/>'
                yield f'<text x="{x + 9:.1f}" y="{centre + 4}" font-size="12" fill="{colour}">{value:.3g}</text>'
