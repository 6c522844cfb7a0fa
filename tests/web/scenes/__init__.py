"""What is looked at, one file a subject, each with its SCENES."""

from __future__ import annotations

import importlib
import pkgutil

from tests.web.scenes.scene import Scene


def scenes() -> list[Scene]:
    """All of them."""
    return [scene for subject in subjects() for scene in subject]


def subjects() -> list[list[Scene]]:
    """All of them, those of one subject together."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__) if module.name != "scene")
    return [importlib.import_module(f"{__name__}.{name}").SCENES for name in names]
