"""Patterns that are compiled late are those that the same words give at once."""

import importlib
import re
from collections.abc import Iterator

import pytest

from pipeline.contract.late import Late
from pipeline.contract.paths import ROOT

METHODS = ("search", "match", "fullmatch", "finditer", "findall", "split", "sub")


def late_patterns() -> Iterator[tuple[str, Late]]:
    """Every one of the pipeline, by module and name."""
    for path in sorted((ROOT / "pipeline").rglob("*.py")):
        if "import Late" in path.read_text(encoding="utf-8"):
            module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
            for name, held in vars(importlib.import_module(module)).items():
                if isinstance(held, Late):
                    yield f"{module}.{name}", held


def test_every_late_pattern_can_be_compiled() -> None:
    found = dict(late_patterns())
    for name, late in found.items():
        try:
            late.search("")
        except re.error as error:
            pytest.fail(f"{name}: {error}")
    assert len(found) > 200


def test_nothing_is_compiled_before_it_is_used_and_then_once(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled = []

    def compiling(pattern: str, flags: int = 0) -> re.Pattern[str]:
        compiled.append(pattern)
        return real(pattern, flags)

    real = re.compile
    monkeypatch.setattr(re, "compile", compiling)
    late = Late("[甲乙]+", re.MULTILINE)
    assert compiled == [] and late.pattern == "[甲乙]+"
    assert late.search("丙甲乙") and late.search("丙") is None and late.fullmatch("甲")
    assert compiled == ["[甲乙]+"]


@pytest.mark.parametrize("method", METHODS)
def test_the_methods_are_those_of_a_pattern(method: str) -> None:
    words = ("零", "甲1乙22") if method == "sub" else ("甲1乙22",)
    late, at_once = (getattr(made("[0-9]+"), method)(*words) for made in (Late, re.compile))
    if method == "finditer":
        late, at_once = list(late), list(at_once)
    assert str(late) == str(at_once)


def test_a_pattern_that_is_none_says_so_when_it_is_used() -> None:
    faulty = Late("(")
    with pytest.raises(re.error):
        faulty.search("甲")
