"""What goes on at this moment."""

from __future__ import annotations

from appliance.control.errors import ControlError
from tests.web.phones import SitePhone, in_the_menu, talking, until
from tests.web.scenes.scene import Scene

OFFICE = "5550100"
_phones: list[SitePhone] = []


def busy(site):
    """A caller talks to Maria, another is in the menu; one has given up."""
    try:
        for phone in _phones:
            phone.stays()
    except (ControlError, OSError):
        _phones.clear()
    if _phones:
        return
    lost, first, second = (SitePhone(site) for _ in range(3))
    for caller in (lost, first, second):
        caller.calls(OFFICE)
    until(site, in_the_menu(3))
    lost.close()
    first.does("press", "101")
    until(site, lambda state: state["stations"][0]["state"] == "ringing")
    maria = SitePhone(site, "front desk")
    maria.does("lift")
    until(site, talking)
    _phones.extend((first, second, maria))


def with_a_call(page):
    page.wait_for_selector("[data-transfer-call]")


def transferring(page):
    with_a_call(page)
    page.click("[data-transfer-call]")
    page.fill("#transfer-to", "Tom")


def one_call(page):
    with_a_call(page)
    page.goto(page.locator("[data-transfer-call]").first.get_attribute("href"))


SCENES = [
    Scene("today", "/today"),
    Scene("today-busy", "/today", act=with_a_call, prepare=busy),
    Scene("today-transfer", "/today", act=transferring, prepare=busy),
    Scene("today-call", "/today", act=one_call, prepare=busy),
]
