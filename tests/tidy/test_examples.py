"""Every example in a docstring is true."""

import doctest
import importlib

import pytest

from .source import Module, python_modules

WITH_EXAMPLES = [module for module in python_modules() if module.in_product and ">>> " in module.text]


@pytest.mark.parametrize("module", WITH_EXAMPLES, ids=[module.dotted for module in WITH_EXAMPLES])
def test_the_examples_hold(module: Module) -> None:
    failed, tried = doctest.testmod(importlib.import_module(module.dotted))
    assert tried
    assert not failed
