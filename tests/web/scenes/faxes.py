"""Faxes: those that came, and those that go out."""

from __future__ import annotations

from tests.web.faxes import fax_in
from tests.web.scenes.scene import Scene


def some_faxes(site):
    """One that came whole, and one that did not."""
    if not site.ask("faxes.list", box="maria")["total"]:
        fax_in(site, "maria")
        fax_in(site, "maria", cause="line-cut", number="", bad_rows=12)


def with_a_deleted_one(site):
    some_faxes(site)
    if not site.ask("faxes.list", box="maria", state="deleted")["total"]:
        site.ask("faxes.delete", box="maria", id=fax_in(site, "maria"))


def first_fax(page):
    page.click("article h2 a")
    page.wait_for_function("() => document.querySelector('.sheets img').naturalWidth > 500")


def refused(page):
    page.fill("#to", "911")
    page.set_input_files("#files", {"name": "letter.txt", "mimeType": "text/plain", "buffer": b"Good morning"})
    page.click("button.primary")
    page.wait_for_selector("[role=alert]")


def sent_one(page):
    page.fill("#to", "94075550199")
    page.set_input_files("#files", {"name": "letter.txt", "mimeType": "text/plain", "buffer": b"Good morning"})
    page.click("button.primary")
    page.wait_for_selector("article h1")


SCENES = [
    Scene("faxes", "/faxes", who="maria", prepare=some_faxes),
    Scene("faxes-empty", "/faxes", who="olga"),
    Scene("faxes-deleted", "/faxes/in/maria?show=deleted", who="maria", prepare=with_a_deleted_one),
    Scene("faxes-one", "/faxes", who="maria", prepare=some_faxes, act=first_fax),
    Scene("faxes-new", "/faxes/out/new", who="maria"),
    Scene("faxes-refused", "/faxes/out/new", who="maria", act=refused),
    Scene("faxes-sent-one", "/faxes/out/new", who="maria", act=sent_one),
    Scene("faxes-sent", "/faxes/out", who="maria"),
]
