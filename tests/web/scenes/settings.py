"""The settings: lists, forms, mistakes, and what is removed."""

from __future__ import annotations

from tests.web.scenes.scene import Scene


def wrong_person(page):
    page.fill("input[name=name]", "")
    page.fill("input[name=extension]", "999999999")
    page.click("[id='f-notify']")
    page.fill("input[name='notify.mail']", "nobody")
    page.click("main .actions button.primary")
    page.wait_for_selector("#wrong")


def opened(page):
    page.eval_on_selector_all("main details", "all => all.forEach(one => one.open = true)")
    for button in page.query_selector_all("main [data-add]"):
        if button.is_visible():
            button.click()


def pasted(page):
    page.fill("#text", "Jane Roe\t140\t\t555 0199\nJohn Doe\t141")
    page.click("main button[value=look]")
    page.wait_for_selector("main h2")


SCENES = [
    Scene("settings", "/settings"),
    Scene("settings-people", "/settings/people"),
    Scene("settings-person", "/settings/edit/people?key=maria"),
    Scene("settings-person-add", "/settings/add/people"),
    Scene("settings-person-wrong", "/settings/add/people", act=wrong_person),
    Scene("settings-person-all", "/settings/edit/people?key=maria", act=opened),
    Scene("settings-people-table", "/settings/people/table", act=pasted),
    Scene("settings-remove", "/settings/remove/people?key=ruth"),
    Scene("settings-hours", "/settings/add/hours"),
    Scene("settings-lines", "/settings/lines"),
    Scene("settings-menu", "/settings/first-menu"),
    Scene("settings-devices", "/settings/devices"),
    Scene("settings-gateway", "/settings/add/gateways", act=opened),
    Scene("settings-rights", "/settings/rights", act=opened),
    Scene("settings-shortcuts", "/settings/shortcuts", act=opened),
    Scene("settings-codes", "/settings/codes"),
    Scene("settings-mail", "/settings/mail"),
    Scene("settings-search", "/settings/search?q=cell"),
    Scene("settings-found", "/settings/people?field=cell"),
]
