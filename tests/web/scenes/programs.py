"""Programs that may use the unit, and what they can do."""

from __future__ import annotations

from tests.web.scenes.scene import Scene
from tests.web.site import Site


def some_programs(site: Site) -> None:
    """A token and an address, once."""
    if not site.ask("tokens.list"):
        site.ask("tokens.add", name="Front door display", scope="status people", until="")
        site.ask("tokens.add", name="Messages on Maria's tablet", scope="messages person:maria", until="2031-01-01")
        site.ask("webhooks.add", url="http://192.168.1.20:8123/told", events=["lost-caller", "fault"])


def nothing_chosen(page):
    page.fill("#name", "Blinds")
    page.click("text=Make the token")
    page.wait_for_selector("#scope-wrong")


SCENES = [
    Scene("programs", "/programs", prepare=some_programs),
    Scene("programs-wrong", "/programs", prepare=some_programs, act=nothing_chosen),
    Scene("api-docs", "/api/docs"),
]
