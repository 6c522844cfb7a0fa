"""Accounts, one's own account, and the ways in."""

from __future__ import annotations

from tests.web.scenes.scene import Scene


def weak_password(page):
    page.fill("#name", "nina")
    page.fill("#password", "password12")
    page.click("main form[action='/accounts'] button")
    page.wait_for_selector(".field .wrong")


def forgotten(page):
    page.click("main button.primary")
    page.wait_for_selector("#code")


SCENES = [
    Scene("accounts", "/accounts"),
    Scene("accounts-weak-password", "/accounts", act=weak_password),
    Scene("accounts-one", "/accounts/of/olga"),
    Scene("me", "/me", who="maria"),
    Scene("me-second-factor", "/me/second-factor", who="maria"),
    Scene("forgotten", "/forgotten", who=""),
    Scene("forgotten-codes", "/forgotten", who="", act=forgotten),
    Scene("trust", "/trust", who=""),
]
