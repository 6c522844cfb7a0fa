"""The card of what can be dialled."""

from __future__ import annotations

from tests.web.scenes.scene import Scene

SCENES = [Scene("card", "/card", who="maria")]
