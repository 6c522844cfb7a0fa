"""A person's messages, greetings, and how they are reached."""

from __future__ import annotations

from tests.web.messages import written_to
from tests.web.scenes.scene import Scene


def some_messages(site):
    """One that was spoken, one that was written, one that was forwarded."""
    if site.ask("messages.list", person="maria")["total"]:
        return
    left = written_to(site, "office", "Please call me about the bill of last week.")
    site.ask(
        "messages.forward",
        person="office",
        id=left,
        to=["maria"],
        words="Could you take this one? Thank you.",
        by="ruth",
    )
    written_to(site, "maria", "The printer of the surgery is repaired.\nPlease call back: before noon", urgent=True)


def with_a_deleted_one(site):
    some_messages(site)
    if not site.ask("messages.list", person="maria", state="deleted")["total"]:
        id = written_to(site, "maria", "Nothing of importance.")
        site.ask("messages.delete", person="maria", id=id)


def opened(page):
    page.click("section#temporary summary")


def refused_pin(page):
    page.fill("#f-pin", "1234")
    page.fill("#f-again", "1234")
    page.click("section#pin button.primary")
    page.wait_for_selector("#wrong-pin")


def first_message(page):
    page.click("article h2 a")
    page.wait_for_selector("#forward")


SCENES = [
    Scene("inbox", "/inbox", who="maria", prepare=some_messages),
    Scene("inbox-empty", "/inbox", who="tom"),
    Scene("inbox-deleted", "/inbox/maria?show=deleted", who="maria", prepare=with_a_deleted_one),
    Scene("inbox-message", "/inbox", who="maria", prepare=some_messages, act=first_message),
    Scene("greetings", "/greetings", who="maria", act=opened),
    Scene("reached", "/reached", who="maria"),
    Scene("reached-wrong", "/reached", who="maria", act=refused_pin),
]
