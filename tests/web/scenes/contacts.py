"""Contacts and the block list."""

from __future__ import annotations

from tests.web.scenes.scene import Scene


def some_contacts(site):
    if site.ask("contacts.list")["total"]:
        return
    for number, name, company in (
        ("2125550143", "Jane Roe", "Roe & Sons"),
        ("2135550199", "Zoë Łukasiewicz", "Riverside Garden Centre"),
    ):
        site.ask("contacts.add", contact={"number": number, "name": name, "company": company, "rank": 3})
        site.ask("contacts.block", blocked={"caller": f"{number[:6]}*", "gets": "voicemail", "notes": "asked to"})


def wrong_fields(page):
    page.fill("#name", "Jane")
    page.fill("#number", "call me")
    page.click("main button.primary")
    page.wait_for_selector(".wrong")


SCENES = [
    Scene("contacts", "/contacts", prepare=some_contacts),
    Scene("contacts-nobody-found", "/contacts?find=nobody"),
    Scene("contact-new", "/contacts/new", who="olga", act=wrong_fields),
    Scene("contact", "/contacts/one?number=2125550143", prepare=some_contacts),
    Scene("contacts-files", "/contacts/import"),
    Scene("contacts-blocked", "/contacts/blocked", prepare=some_contacts),
]
