"""What goes on at this moment."""

from __future__ import annotations

import atexit

from appliance.control.errors import ControlError
from tests.web.phones import SitePhone, in_the_menu, talking, until
from tests.web.scenes.scene import Scene

OFFICE = "5550100"
_phones: list[SitePhone] = []


@atexit.register
def end():
    """Hang up."""
    while _phones:
        _phones.pop().close()


def goes_on():
    """Whether the calls of another scene still stand."""
    try:
        for phone in _phones:
            phone.stays()
    except (ControlError, OSError):
        end()
    return bool(_phones)


def taken(site, inside=""):
    """A telephone that is hung up in the end, also where the scene fails."""
    _phones.append(SitePhone(site, inside))
    return _phones[-1]


def busy(site):
    """A caller talks to Maria, another is in the menu; one has given up."""
    if goes_on():
        return
    lost, first, _second = (taken(site) for _ in range(3))
    for caller in tuple(_phones):
        caller.calls(OFFICE)
    until(site, in_the_menu(3))
    _phones.remove(lost)
    lost.close()
    first.does("press", "101")
    until(site, lambda state: state["stations"][0]["state"] == "ringing")
    taken(site, "front desk").does("lift")
    until(site, talking)


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
