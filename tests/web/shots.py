"""`make shots`: a picture of every scene, light and dark, as wide as a phone and as a desk, in build/shots.

A word after the command takes only scenes whose name has it: `python -m tests.web.shots today`.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.web.browser import DESK, PHONE, chromium, shot, visiting
from tests.web.newunit import new_unit
from tests.web.scenes import scenes
from tests.web.site import ROOT, running_site

FOLDER = ROOT / "build" / "shots"


def main(wanted: str = "") -> None:
    chosen = [scene for scene in scenes() if wanted in scene.name]
    with (
        tempfile.TemporaryDirectory() as folder,
        running_site(Path(folder) / "data") as usual,
        new_unit(Path(folder) / "new") as new,
        chromium() as browser,
    ):
        for number, scene in enumerate(chosen, 1):
            site = new if scene.new else usual
            print(f"  {number} of {len(chosen)}: {scene.name}", flush=True)
            scene.prepare(site)
            for size, width in ((PHONE, "390"), (DESK, "1280")):
                for dark in (False, True):
                    with visiting(browser, site, scene.who, size=size, dark=dark) as page:
                        page.goto(scene.path)
                        scene.act(page)
                        shot(page, FOLDER / f"{scene.name}-{width}-{'dark' if dark else 'light'}.png")
    print(f"The pictures are in {FOLDER.relative_to(ROOT)}.")


if __name__ == "__main__":
    main(*sys.argv[1:])
