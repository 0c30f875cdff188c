"""The examples that the docstrings show."""

import doctest
import importlib
import pkgutil

import pytest

import pipeline.normalise

MODULES = sorted(module.name for module in pkgutil.iter_modules(pipeline.normalise.__path__))


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_hold(name: str) -> None:
    result = doctest.testmod(importlib.import_module(f"pipeline.normalise.{name}"))
    assert result.failed == 0
