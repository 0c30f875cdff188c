"""The asset graph as a picture: ``python -m assets.picture`` writes ``docs/asset_graph.svg`` from the definitions.

Dagster draws the same graph in the browser; this one stands in the documentation and changes only with the definitions.
"""

from collections import defaultdict
from functools import cache
from html import escape

from assets.definitions import defs
from pipeline.contract import BY_NAME, STAGES
from pipeline.contract.paths import ROOT

PATH = ROOT / "docs" / "asset_graph.svg"
COLOURS = {"ingest": "#dbeafe", "clean": "#dcfce7", "extract": "#fef9c3", "normalise": "#ffedd5", "publish": "#fce7f3"}
BOX, GAP, WIDE, LEFT, TOP = 30, 34, 162, 30, 58
LANE = 36


def edges() -> list[tuple[str, str]]:
    """(upstream, downstream) names of all assets."""
    graph = defs.resolve_asset_graph()
    pairs = [
        (parent.to_user_string(), key.to_user_string())
        for key in graph.get_all_asset_keys()
        for parent in graph.get(key).parent_keys
    ]
    return sorted(pairs)


def drawn(pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The edges that no longer way implies: the same order with fewer lines.

    >>> drawn([("a", "b"), ("a", "c"), ("b", "c")])
    [('a', 'b'), ('b', 'c')]
    """
    children: dict[str, set[str]] = defaultdict(set)
    for parent, child in pairs:
        children[parent].add(child)

    @cache
    def below(name: str) -> frozenset[str]:
        return frozenset(children[name]).union(*(below(child) for child in children[name]))

    return [(a, b) for a, b in pairs if not any(b in below(other) for other in children[a] - {b})]


def columns() -> list[list[str]]:
    """Asset names column by column, left to right: a column a step within its stage."""
    graph = defs.resolve_asset_graph()
    groups = {key.to_user_string(): graph.get(key).group_name for key in graph.get_all_asset_keys()}
    parents: dict[str, list[str]] = defaultdict(list)
    for parent, child in edges():
        if groups[parent] == groups[child]:
            parents[child].append(parent)

    def depth(name: str) -> int:
        return 1 + max((depth(parent) for parent in parents[name]), default=-1)

    order = list(BY_NAME) + sorted(set(groups) - set(BY_NAME))
    placed: dict[tuple[int, int], list[str]] = defaultdict(list)
    for name in order:
        placed[STAGES.index(groups[name]), depth(name)].append(name)
    return [placed[place] for place in sorted(placed)]


def svg() -> str:
    """The picture as SVG text."""
    graph = defs.resolve_asset_graph()
    groups = {key.to_user_string(): str(graph.get(key).group_name) for key in graph.get_all_asset_keys()}
    at: dict[str, tuple[int, int]] = {}
    spans: dict[str, list[int]] = defaultdict(list)
    shown = columns()
    tallest = max(len(column) for column in shown)
    for place, column in enumerate(shown):
        x = LEFT + place * (WIDE + LANE)
        free = (tallest - len(column)) * (BOX + GAP) // 2
        for row, name in enumerate(column):
            at[name] = (x, TOP + free + row * (BOX + GAP))
            spans[groups[name]].append(x)
    width = LEFT * 2 + len(shown) * (WIDE + LANE) - LANE
    height = TOP + tallest * (BOX + GAP) + LEFT
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="13">',
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
    ]
    for stage in STAGES:
        left, right = min(spans[stage]) - 12, max(spans[stage]) + WIDE + 12
        parts.append(
            f'<rect x="{left}" y="10" width="{right - left}" height="{height - 20}" rx="10" fill="{COLOURS[stage]}" opacity="0.6"/>'
        )
        parts.append(f'<text x="{left + 12}" y="32" font-size="16" font-weight="bold">{stage}</text>')
    for parent, child in drawn(edges()):
        (x1, y1), (x2, y2) = at[parent], at[child]
        start, end, y1, y2 = x1 + WIDE, x2, y1 + BOX // 2, y2 + BOX // 2
        bend = max(30, (end - start) // 2)
        parts.append(
            f'<path d="M{start} {y1} C{start + bend} {y1} {end - bend} {y2} {end} {y2}" fill="none" stroke="#64748b" stroke-opacity="0.7"/>'
        )
    for name, (x, y) in at.items():
        parts.append(f'<rect x="{x}" y="{y}" width="{WIDE}" height="{BOX}" rx="5" fill="#ffffff" stroke="#334155"/>')
        parts.append(f'<text x="{x + 10}" y="{y + 17}">{escape(name)}</text>')
    return "\n".join([*parts, "</svg>", ""])


if __name__ == "__main__":
    PATH.write_text(svg(), encoding="utf-8", newline="\n")
