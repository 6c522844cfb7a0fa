"""Every page and dialog can be used with a screen reader: axe-core (MPL-2.0) finds nothing to object to."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.web.browser import visiting
from tests.web.scenes import scenes


@pytest.mark.parametrize("scene", scenes(), ids=lambda scene: scene.name)
def test_axe_finds_nothing(request, browser, scene):
    site = request.getfixturevalue("new_site" if scene.new else "site")
    scene.prepare(site)
    with visiting(browser, site, scene.who) as page:
        page.goto(scene.path)
        scene.act(page)
        found = Axe().run(page).response["violations"]
        assert [(one["id"], [node["target"] for node in one["nodes"]]) for one in found] == []
