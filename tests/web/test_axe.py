"""Every page and dialog can be used with a screen reader: axe-core (MPL-2.0) finds nothing to object to."""

from __future__ import annotations

from collections import defaultdict

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.proofs import some
from tests.web.browser import Windows
from tests.web.newunit import new_unit
from tests.web.scenes import subjects
from tests.web.site import running_site

AXE = Axe()
ONLY_WHAT_IS_WRONG = {"resultTypes": ["violations"], "iframes": False}
"""What it finds right is not told, as that takes longer than to look for it."""


@pytest.fixture(scope="module")
def windows(tmp_path_factory, browser):
    """Of a unit of their own: what is done for a scene stays there."""
    with running_site(tmp_path_factory.mktemp("looked-at") / "data") as site, Windows(browser, site) as opened:
        yield opened


@pytest.fixture(scope="module")
def new_windows(tmp_path_factory, browser):
    with new_unit(tmp_path_factory.mktemp("new-looked-at") / "data") as site, Windows(browser, site) as opened:
        yield opened


def by_account():
    """Those of an account together, so that its window is opened once; and so many together that none is long.

    Of each subject every fourth scene is tried, and all by `make proofs`.
    """
    together = defaultdict(list)
    for scene in (scene for subject in subjects() for scene in some(subject, 4)):
        together[scene.new, scene.who].append(scene)
    for (new, who), those in together.items():
        for first in range(0, len(those), 12):
            yield pytest.param(those[first : first + 12], id=f"{'new' if new else who or 'nobody'}-{first // 12 + 1}")


@pytest.mark.parametrize("together", by_account())
def test_axe_finds_nothing(request, together):
    wrong = {}
    for scene in together:
        windows = request.getfixturevalue("new_windows" if scene.new else "windows")
        scene.prepare(windows.site)
        with windows.of(scene.who) as page:
            page.goto(scene.path)
            scene.act(page)
            found = AXE.run(page, options=ONLY_WHAT_IS_WRONG).response["violations"]
            wrong[scene.name] = [(one["id"], [node["target"] for node in one["nodes"]]) for one in found]
    assert {name: found for name, found in wrong.items() if found} == {}
