"""The operator's desk, and what is written for it."""

from __future__ import annotations

from tests.web.messages import a_sheet
from tests.web.scenes.scene import Scene


def noted(site):
    a_sheet(site)
    if not site.ask("desk.caller", number="4075550123")["notes"]:
        site.ask("contacts.add", contact={"number": "4075550123", "name": "Jane Roe", "company": "Roe & Sons"})
        site.ask("desk.note", number="4075550123", text="Prefers mornings. Speaks softly.", by="olga")


def searched(page):
    page.keyboard.press("/")
    page.keyboard.type("r")
    page.wait_for_selector("#found li")
    page.wait_for_selector("#acts:not([hidden])")


def known(page):
    page.keyboard.press("/")
    page.keyboard.type("jane")
    page.wait_for_selector("#acts:not([hidden])")
    page.click("[data-act=card]")
    page.wait_for_selector("#caller .notes")


def keys(page):
    page.locator("#find").blur()
    page.keyboard.press("?")
    page.wait_for_selector("#keys[open]")


def in_a_script(page):
    page.click(".script summary")


SCENES = [
    Scene("desk", "/desk", who="olga", prepare=noted, act=searched),
    Scene("desk-caller", "/desk", who="olga", prepare=noted, act=known),
    Scene("desk-keys", "/desk", who="olga", prepare=noted, act=keys),
    Scene("desk-script", "/desk", who="olga", prepare=noted, act=in_a_script),
    Scene("desk-sheet", "/desk-sheet", prepare=noted),
]
