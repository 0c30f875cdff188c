"""Where a table is looked for, and how often."""

from collections.abc import Sequence

import pytest

from pipeline.extract import blocks as module
from pipeline.extract.blocks import MOST_STARTS, Block, blocks
from pipeline.extract.grid import Cell, Row
from pipeline.extract.model import Passage


def passages_of(lines: Sequence[str]) -> tuple[str, list[Passage]]:
    """A text of these lines, each a passage."""
    passages: list[Passage] = []
    at = 0
    for number, line in enumerate(lines):
        passages.append(Passage(f"doc/p{number}", "paragraph", None, "", at, at + len(line), None))
        at += len(line) + 1
    return "\n".join(lines), passages


@pytest.mark.parametrize(("link", "looks"), [("栏目 |", 1), ("栏目1页 |", MOST_STARTS)])
def test_a_long_list_of_links_is_not_read_from_each_line_to_its_end(
    monkeypatch: pytest.MonkeyPatch, link: str, looks: int
) -> None:
    folded_rows, seen = module.folded_rows, list[int]()

    def counted(text: str, cells: Sequence[Cell], headed: bool) -> tuple[tuple[Row, ...], int]:
        seen.append(len(cells))
        return folded_rows(text, cells, headed)

    monkeypatch.setattr(module, "folded_rows", counted)
    text, passages = passages_of([link] * 4 * MOST_STARTS)
    assert list(blocks(text, passages)) == passages
    assert len(seen) == looks


def test_a_table_behind_a_list_of_links_is_found() -> None:
    table = [
        "指标 |",
        "去年 |",
        "今年 |",
        *(cell for n in range(4) for cell in (f"产值{'甲乙丙丁'[n]} |", "12.5 |", "13.5 |")),
    ]
    text, passages = passages_of([*["栏目 |"] * 30, "以下为各项指标，供参考。", *table])
    found = [block for block in blocks(text, passages) if isinstance(block, Block)]
    assert [len(block.rows) for block in found] == [5]
