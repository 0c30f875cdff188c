"""The longest run of words that published texts share with others, held against a search that tries everything."""

import doctest
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expectations import runs
from expectations.runs import END, SHORTEST, Facts, Index, words_of

COURTYARD = "院子里晾着去年收下的玉米和几把旧扇子风一吹就响个不停"
"""26 words of no document."""


def found(published: str, *others: tuple[str, str], facts: Iterable[str] = ()) -> tuple[int, str | None]:
    index: Index[str] = Index({"file": Facts(facts).without(words_of(published))})
    index.look(others)
    return index.longest().get("file", (0, None))


def tried(published: str, other: str) -> int:
    """The longest run by trying every one; 0 below the shortest that is looked for."""
    longest = 0
    for part in published.split(END):
        for start in range(len(part)):
            while start + longest < len(part) and part[start : start + longest + 1] in other:
                longest += 1
    return longest if longest >= SHORTEST else 0


def test_the_examples_hold() -> None:
    assert doctest.testmod(runs).failed == 0 and doctest.testmod(runs).attempted > 0


texts = st.text(alphabet="甲乙" + END, max_size=60)


@given(published=texts, others=st.lists(texts.map(lambda text: text.replace(END, "丁")), max_size=4))
def test_it_is_what_trying_everything_finds(published: str, others: list[str]) -> None:
    named = [(f"d{k}", text) for k, text in enumerate(others)]
    longest, where = found(published, *named)
    assert longest == max((tried(published, text) for text in others), default=0)
    if longest:
        assert tried(published, dict(named)[str(where)]) == longest


def test_a_run_is_found_wherever_it_stands_and_whatever_stands_around_it() -> None:
    for published in (COURTYARD, f"前面{COURTYARD}", f"{COURTYARD}后面", f"前{COURTYARD[:12]}，\n“{COURTYARD[12:]}”后"):
        assert found(published, ("d", f"一页{COURTYARD}一页")) == (26, "d")


def test_the_longest_of_many_is_told_with_the_text_that_holds_it() -> None:
    others = [(f"d{k}", COURTYARD[: SHORTEST + k % 12]) for k in range(40)]
    assert found(COURTYARD, *others) == (SHORTEST + 11, "d11")


def test_a_run_ends_where_a_cell_or_a_text_ends() -> None:
    cells = END.join((COURTYARD[:13], COURTYARD[13:]))
    assert found(cells, ("d", COURTYARD)) == (13, "d")
    assert found(COURTYARD, ("a", COURTYARD[:13]), ("b", COURTYARD[13:])) == (13, "a")
    assert found(COURTYARD, ("a", COURTYARD[:13]), ("a", COURTYARD[13:])) == (26, "a")


def test_numerals_count_nothing_and_end_nothing() -> None:
    assert found("院子里有30只鸡和12只鸭正在吃米", ("d", "院子里有45只鸡和9只鸭正在吃米")) == (13, "d")
    assert found(
        "2019 2020 2021 2022 2023 2024 2025 2026 2027", ("d", "2019，2020，2021，2022，2023，2024，2025，2026，2027")
    ) == (
        0,
        None,
    )


def test_a_word_in_latin_letters_is_one_and_script_width_and_case_make_no_difference() -> None:
    assert found(
        "one two three four five six seven eight", ("d", "ONE Two three four, five six-seven ＥＩＧＨＴ.")
    ) == (8, "d")
    assert found("数据要素市场和数字设施", ("d", "數據要素市場和數字設施")) == (11, "d")


def test_facts_are_no_part_of_a_run_unless_they_are_too_short_to_matter() -> None:
    title = COURTYARD[:10]
    assert found(f"见《{title}》", ("d", COURTYARD), facts=[title]) == (0, None)
    assert found(COURTYARD, ("d", COURTYARD), facts=[title]) == (16, "d")
    assert found(COURTYARD, ("d", COURTYARD), facts=[COURTYARD[5:9], "", "2021"]) == (26, "d")


@pytest.mark.parametrize("size", [16, 17, 40])
def test_a_run_across_chunks_is_found_whole(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs, "CHUNK", size)
    monkeypatch.setattr(runs, "OVERLAP", 30)
    many = [(f"d{k}", "雨" * k + "伞") for k in range(30)]
    assert found(COURTYARD, *many, ("here", "雨" * 50 + COURTYARD + "雨" * 50), *many) == (26, "here")


def test_a_long_text_in_full_is_told_in_full() -> None:
    long = "".join(chr(0x4E00 + k) for k in range(5_000))
    assert found(long, ("d", f"前{long}后")) == (5_000, "d")


def test_nothing_published_and_nothing_to_look_at_are_no_run() -> None:
    assert found("", ("d", COURTYARD)) == (0, None)
    assert found(COURTYARD) == (0, None)
    assert found(COURTYARD, ("d", "")) == (0, None)
