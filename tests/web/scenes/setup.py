"""The steps by which a new unit is set up."""

from __future__ import annotations

from functools import partial

from tests.web.newunit import FORMS, code_of, fills_in, let_in
from tests.web.scenes.scene import Scene

CODE: dict[str, str] = {}
"""What the telephones of the unit say, for whoever enters it in the browser."""


def answered(site, before):
    """All steps before this one are answered."""
    visitor = let_in(site)
    for step in FORMS:
        if step == before:
            break
        fills_in(visitor, step)
    CODE["digits"] = code_of(site)


def enters(page, step):
    """Give the code, and go to this step."""
    page.fill("#code", CODE["digits"])
    page.click("main button.primary")
    page.goto(f"/setup/{step}")


def at_people(page):
    enters(page, "people")
    page.fill("#extension-1", "101")
    page.fill("#cell-2", "none")
    page.click("[data-continue]")
    page.wait_for_selector(".person .wrong")
    for details in page.locator("details").all():
        details.click()


def at_departments(page):
    enters(page, "menu")
    page.check("[value=department]")
    page.fill("#department-0", "Appointments")


def at_companies(page):
    enters(page, "menu")
    page.check("[value=companies]")
    page.fill("#second", "Lakeside Orthodontics")
    page.locator("details").last.evaluate("one => { one.open = true; }")


def at_devices(page):
    enters(page, "lines")
    page.locator("details").evaluate("one => { one.open = true; }")
    page.select_option("#gateway_model", "grandstream-ht813")
    page.fill("#network_telephones", "192.168.1.31\nthe hall")
    page.click("[data-continue]")
    page.wait_for_selector(".wrong")


def wrong_code(page):
    page.fill("#code", "12345678")
    page.click("main button.primary")
    page.wait_for_selector(".note.wrong")


def step(name, before, act):
    return Scene(f"setup-{name}", "/setup", who="", new=True, prepare=partial(answered, before=before), act=act)


SCENES = [
    Scene("setup-welcome", "/setup", who="", new=True, act=wrong_code),
    *(step(name, name, partial(enters, step=name)) for name in ("you", "place", "company", "lines", "hours")),
    step("people", "hours", at_people),
    step("devices", "lines", at_devices),
    step("menu", "menu", at_departments),
    step("companies", "menu", at_companies),
    Scene("first-call", "/first-call"),
]
