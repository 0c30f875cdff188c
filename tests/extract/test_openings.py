"""Patterns tried only where they can begin find what each finds when it is searched for by itself."""

import csv
import doctest
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.contract.seed import seed_rows
from pipeline.extract import openings, together
from pipeline.extract.numerals import NUMERAL, _numerals, find_numerals, holds_numeral
from pipeline.extract.openings import opening, past_digits
from pipeline.extract.together import Scanner

CASES = sorted((Path(__file__).parents[1] / "cases" / "extract").glob("*.csv"))
REGEXES = [row["regex"] for row in seed_rows("name_patterns")]
# What the patterns speak of, in pieces: strings of them come near to matching, and often do.
PIECES = (
    *"0123456789〇零一二两三四五六七八九十百千万亿半年月日号第前后版个家元%.:：/-—～+（）()[]〔〕“”、，。；·\n\t \u3000#*@",
    *"ABGTKkmx_路街楼周期季度届级岁内来上下时分双是要网产业世纪的",
    *(piece for regex in REGEXES for piece in re.findall(r"[\u4e00-\u9fff]{2,4}", regex)),
)
SCANNER = Scanner(REGEXES)
texts = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


def found_alone(text: str) -> list[tuple[int, int, int]]:
    return sorted(
        (match.start(), match.end(), number)
        for number, regex in enumerate(REGEXES)
        for match in re.compile(regex).finditer(text)
    )


def test_the_scanner_finds_in_the_cases_what_each_pattern_finds() -> None:
    rows = [row for path in CASES for row in csv.DictReader(path.open(encoding="utf-8", newline=""))]
    text = "\n".join(value for row in rows for value in row.values() if isinstance(value, str))
    found = sorted(SCANNER.find(text))
    assert len(found) > 200
    assert found == found_alone(text)


@given(texts)
def test_the_scanner_finds_in_any_text_what_each_pattern_finds(text: str) -> None:
    assert sorted(SCANNER.find(text)) == found_alone(text)


def test_nearly_all_patterns_tell_how_they_begin() -> None:
    """One that does not is searched for in the whole text: right, and as slow as all of them were."""
    assert [row["rule"] for row in seed_rows("name_patterns") if opening(row["regex"]) is None] == ["quoted_formula"]


@pytest.mark.parametrize("regex", [r"[^x]\d", r".\d", r"\d*", r"(?i:a)\d", r"(?i)\d年", r"[一-鿿]\d", r"(?=\d)"])
def test_what_may_begin_with_anything_is_searched_for_everywhere(regex: str) -> None:
    assert opening(regex) is None
    text = "xa1年A22年 中3"
    assert sorted(Scanner([regex]).find(text)) == [(m.start(), m.end(), 0) for m in re.finditer(regex, text)]


def test_without_the_parser_of_this_python_nothing_is_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(openings.importlib, "import_module", absent)
    assert (opening(r"\d年"), past_digits(r"\d年")) == (None, None)
    text = "2021年建成5G基站12座，第3位，www.a.cn/b1"
    assert sorted(Scanner(REGEXES).find(text)) == found_alone(text)


def test_memory_of_places_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(together, "_MOST_KEPT", 8)
    small = Scanner(REGEXES)
    text = "".join(f"{n}{chr(0x4E00 + n)}" for n in range(300)) + "2021年"
    assert sorted(small.find(text)) == found_alone(text)
    assert max(len(small._fitting), len(small._alike)) <= 8


def test_the_examples_of_the_module_hold() -> None:
    assert doctest.testmod(openings).failed == 0


@given(texts)
def test_numerals_are_those_of_one_search_through_the_text(text: str) -> None:
    alone = [match.span() for match in NUMERAL.finditer(text)]
    assert [match.span() for match in _numerals(text)] == alone
    assert holds_numeral(text) or not list(find_numerals(text))


@pytest.mark.parametrize(
    ("regex", "ways"),
    [
        (r"(?<=第)\d(?=条)", ["[第] [\\d] [条]"]),
        (r"(?m)^十", ["[\\\n] [十] []"]),
        (r"(?<![.\d])(?<=约)[十百]个?(?=年|月)", ["[^\\.\\d] [约] [十百] [个]", "[^\\.\\d] [约] [十百] [年月]"]),
        (r"(?<!人口)\d(?!年)", ["[\\d] []"]),
        (r"(?:之)?(?<=之)一", ["[之] [一]", "[之] [一] []"]),
        (r"(?<=第|前)\d(?=(?:号)?)", ["[前第] [\\d] []"]),
    ],
)
@given(st.text(alphabet="第之十百一人口约个年月条号前.\n12", max_size=12))
def test_what_stands_around_a_beginning_is_told(regex: str, ways: list[str], text: str) -> None:
    told = [(*way.before, way.first, way.second) for way in opening(regex) or ()]
    assert [" ".join(look.regex for look in looks if look) for looks in told] == ways
    assert sorted(Scanner([regex]).find(text)) == [(m.start(), m.end(), 0) for m in re.finditer(regex, text)]
