"""What works on the unit, and what does not."""

from __future__ import annotations

import time

from tests.web.scenes.scene import Scene
from tests.web.site import Site


def looked_at(site: Site) -> None:
    site.ask("doctor.look")
    while site.ask("doctor.state")["running"]:
        time.sleep(0.05)


SCENES = [Scene("doctor", "/doctor", prepare=looked_at)]
