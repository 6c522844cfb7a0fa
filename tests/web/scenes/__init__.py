"""What is looked at, one file a subject, each with its SCENES."""

from __future__ import annotations

import importlib
import pkgutil

from tests.web.scenes.scene import Scene


def scenes() -> list[Scene]:
    """All of them."""
    found = []
    for module in sorted(pkgutil.iter_modules(__path__), key=lambda one: one.name):
        if module.name != "scene":
            found += importlib.import_module(f"{__name__}.{module.name}").SCENES
    return found
