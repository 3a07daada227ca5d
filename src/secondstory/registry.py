"""Finds extensions: every module of a package that holds one constant `EXTENSION` of the expected type."""

from __future__ import annotations

import importlib
import pkgutil
from types import ModuleType
from typing import TypeVar

E = TypeVar("E")


def extensions(package: ModuleType, kind: type[E]) -> tuple[E, ...]:
    """The extensions of `package`, in order of module name; sub-packages hold shared parts and are not looked into.

    Raises TypeError on a module without a proper one.
    """
    found = []
    modules = (info for info in pkgutil.iter_modules(package.__path__) if not info.ispkg)
    for info in sorted(modules, key=lambda module: module.name):
        module = importlib.import_module(f"{package.__name__}.{info.name}")
        extension = getattr(module, "EXTENSION", None)
        if not isinstance(extension, kind):
            raise TypeError(
                f"{module.__name__} has no EXTENSION of type {kind.__name__}. "
                "Give it exactly one, or move the module out of the extension folder."
            )
        found.append(extension)
    return tuple(found)
