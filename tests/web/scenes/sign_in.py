"""Signing in."""

from __future__ import annotations

from tests.web.scenes.scene import Scene


def wrong_password(page):
    page.fill("#name", "ada")
    page.fill("#password", "not this")
    page.click("main button.primary")
    page.wait_for_selector(".note.wrong")


SCENES = [
    Scene("sign-in", "/sign-in", who=""),
    Scene("sign-in-wrong", "/sign-in", who="", act=wrong_password),
    Scene("no-such-page", "/nowhere"),
]
