"""Which version runs, and how it is updated."""

from __future__ import annotations

from tests.web.scenes.scene import Scene

SCENES = [Scene("update", "/update")]
