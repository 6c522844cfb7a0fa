"""The test telephone."""

from __future__ import annotations

from tests.web.scenes.scene import Scene


def calls(page):
    page.click("[data-take]")
    page.locator("[data-heard]", has_text="thank you for calling").wait_for(timeout=30_000)
    page.locator("[data-path] li").first.wait_for()


def is_inside(page):
    page.check("input[value=inside]")
    page.select_option("#inside", index=3)  # The last: others may be in a call of another scene.
    page.click("[data-take]")
    page.click("[data-act=lift]")
    page.wait_for_function("() => document.querySelectorAll('[data-heard] li').length > 0")


def pretends(page):
    page.click("[data-outside] summary")


SCENES = [
    Scene("try", "/try", act=pretends),
    Scene("try-calling", "/try", "olga", act=calls),
    Scene("try-inside", "/try", "olga", act=is_inside),
]
