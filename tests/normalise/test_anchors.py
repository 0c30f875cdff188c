"""Expressions are tried only where a word stands that they need, and none is missed for it."""

import re

import pytest

from pipeline.contract.seed import seed_rows
from pipeline.normalise.anchors import Anchored, words_of

EXPRESSIONS = [
    row["regex"].replace("{place}", ".")
    for table in ("public_bodies", "named_bodies", "organisation_forms")
    for row in seed_rows(table)
]


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("甲乙", {"甲乙"}),
        ("甲乙|丙", {"甲乙", "丙"}),
        ("甲(?:乙|丙丁)戊己", {"戊己"}),
        ("(?:甲乙|丙丁)戊?", {"甲乙", "丙丁"}),
        ("甲?乙丙", {"乙丙"}),
        ("甲乙?丙", {"甲"}),
        ("甲乙+丙", {"甲乙"}),
        ("甲{2,3}乙", {"乙"}),
        ("(?<![甲])乙(?=丙丁戊)", {"乙"}),
        ("[甲乙]丙.丁戊", {"丁戊"}),
        (r"\(甲\)", {"(甲)"}),
        ("(?P<name>甲|乙)", {"甲", "乙"}),
        ("甲|[乙]", set()),
        ("(?:甲)?", set()),
    ],
)
def test_the_words_that_every_match_needs(expression: str, words: set[str]) -> None:
    assert words_of(expression) == words


def test_a_bracket_too_many_is_refused() -> None:
    with pytest.raises(ValueError, match="never opened"):
        words_of("甲)乙")


def test_every_expression_of_the_tables_needs_a_word() -> None:
    assert [one for one in EXPRESSIONS if not words_of(one)] == []


def test_no_expression_is_missed() -> None:
    anchored = Anchored(EXPRESSIONS)
    names = [row["name_zh"] for row in seed_rows("organisations")] + [row["name"] for row in seed_rows("public_bodies")]
    names += ["营商局", "省委办公厅", "住房城乡建设局", "中科院某某研究所", "联通、移动和铁塔", "移动公司"]
    matched = 0
    for text in (f"河湾县{name}参加" for name in names):
        matching = [at for at, one in enumerate(EXPRESSIONS) if re.search(one, text)]
        matched += len(matching)
        assert set(matching) <= set(anchored.present(text)), text
    assert matched > len(names) / 2


def test_an_expression_without_a_needed_word_is_always_tried() -> None:
    anchored = Anchored(["甲", "[乙丙]"])
    assert (anchored.present("丁"), anchored.present("甲")) == ([1], [0, 1])
    with pytest.raises(ValueError, match="without any word"):
        _ = anchored.words
