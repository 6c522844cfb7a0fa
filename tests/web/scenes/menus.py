"""The menus as a picture, and what is changed beside it."""

from __future__ import annotations

from tests.web.scenes.scene import Scene


def drafted(site):
    """Somebody has begun a draft."""
    if site.ask("draft.get")["at"] is None:
        menu = site.ask("draft.get")["document"]["menu"]
        keys = menu["keys"] | {"4": {"action": "directory", "says": "To find somebody by name, press 4."}}
        site.ask("draft.edit", by="olga", pieces=[[["menu"], menu, menu | {"keys": keys}]])


def with_hours(site):
    """The draft has opening hours."""
    document = site.ask("draft.get")["document"]
    if "hours" not in document:
        spans = ["09:00-12:00", "13:00-17:00"]
        hours = {
            "week": {"monday": spans, "tuesday": spans, "friday": ["09:00-12:00"]},
            "closed": {"action": "operator"},
        }
        site.ask("draft.edit", by="olga", pieces=[[["hours", "main"], None, hours]])


def mistake(page):
    page.fill("#whom0", "Nobody At All")
    page.click("#edit button.primary")
    page.wait_for_selector(".note.wrong")


def with_everything_open(page):
    for details in page.query_selector_all("main details"):
        details.evaluate("one => { one.open = true; }")


SCENES = [
    Scene("menus", "/menus"),
    Scene("menus-menu", "/menus?at=menu", act=with_everything_open),
    Scene("menus-mistake", "/menus?at=menu", act=mistake),
    Scene("menus-line", "/menus?at=trunks%5B0%5D"),
    Scene("menus-hours", "/menus?at=hours.main", prepare=with_hours),
    Scene("menus-what-if", "/menus?line=fxo-1&when=2026-12-04T18:05&keys=2"),
    Scene("menus-changes", "/menus/changes", prepare=drafted),
    Scene("menus-versions", "/menus/versions"),
]
