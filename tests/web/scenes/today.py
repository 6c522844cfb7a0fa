"""What goes on at this moment."""

from __future__ import annotations

from tests.web.scenes.scene import Scene

SCENES = [Scene("today", "/today")]
