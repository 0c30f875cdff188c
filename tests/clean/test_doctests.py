"""The fault and the repair that each rule's docstring shows."""

import doctest
import importlib
import pkgutil

import pytest

import pipeline.clean

MODULES = sorted(module.name for module in pkgutil.iter_modules(pipeline.clean.__path__))


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_hold(name: str) -> None:
    result = doctest.testmod(importlib.import_module(f"pipeline.clean.{name}"))
    assert result.failed == 0
