"""Contacts and the block list at the page."""

from __future__ import annotations

import re

import pytest

from tests.web.browser import PHONE, visiting

JANE = {
    "name": "Jane Roe",
    "number": "(407) 555-0177",
    "company": "Roe & Sons",
    "notes": "",
    "language": "",
    "rank": "2",
}


@pytest.fixture
def olga(site):
    nobody_known(site)
    yield site.visitor("olga")
    nobody_known(site)


def nobody_known(site):
    for one in site.ask("contacts.list")["contacts"]:
        site.ask("contacts.remove", number=one["number"])
    for one in site.ask("contacts.blocked")["blocked"]:
        site.ask("contacts.unblock", caller=one["caller"])


def test_a_contact_is_added_found_changed_removed_and_put_back(site, olga):
    assert "Jane Roe is in the contacts." in olga.post("/contacts/new", JANE).text
    assert "4075550177" in olga.get("/contacts?find=roe").text
    changed = JANE | {"number": "4075550177", "name": "Jane Doe"}
    assert "Saved." in olga.post("/contacts/one?number=4075550177", changed).text
    removed = olga.post("/contacts/remove", {"number": "4075550177"}, of="/contacts").text
    assert site.ask("contacts.list")["total"] == 0
    fields = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', removed.replace("&amp;", "&")))
    olga.post("/contacts/new", fields)
    assert [one["name"] for one in site.ask("contacts.list")["contacts"]] == ["Jane Doe"]


def test_all_mistakes_stand_beside_their_fields_and_nothing_is_stored(site, olga):
    answer = olga.post("/contacts/new", JANE | {"name": "", "number": "call me", "rank": "most"})
    assert answer.status_code == 400
    assert re.findall(r'id="(\w+)-wrong"', answer.text) == ["name", "number", "rank"]
    assert site.ask("contacts.list")["total"] == 0


def test_a_number_that_is_there_already_is_told(olga):
    olga.post("/contacts/new", JANE)
    answer = olga.post("/contacts/new", JANE | {"name": "Somebody else"})
    assert (answer.status_code, "There is a contact with this number already." in answer.text) == (400, True)


def test_files_go_out_and_in(site, olga):
    olga.post("/contacts/new", JANE)
    for form in ("csv", "vcard"):
        file = olga.get(f"/contacts/export.{form}").content
        site.ask("contacts.remove", number="4075550177")
        token = {"csrf_token": olga.token("/contacts/import")}
        olga.http.post(f"{olga.url}/contacts/import", data=token, files={"file": ("file", file)})
        assert [one["name"] for one in site.ask("contacts.list")["contacts"]] == ["Jane Roe"]


def test_lines_of_a_file_that_are_not_taken_are_told_with_the_reason(olga):
    token = {"csrf_token": olga.token("/contacts/import")}
    file = b"number,name\n2125550100,Good\nnone,Bad\n"
    answer = olga.http.post(f"{olga.url}/contacts/import", data=token, files={"file": ("file.csv", file)})
    assert "Row 3" in answer.text


def test_a_caller_is_blocked_and_let_through_again(site, olga):
    assert "is blocked." in olga.post("/contacts/blocked", {"caller": "0900*", "gets": "ringing", "notes": ""}).text
    assert [(one["caller"], one["gets"]) for one in site.ask("contacts.blocked")["blocked"]] == [("0900*", "ringing")]
    olga.post("/contacts/unblock", {"caller": "0900*"}, of="/contacts/blocked")
    assert site.ask("contacts.blocked")["total"] == 0


def test_what_is_no_caller_is_told_beside_the_field(olga):
    answer = olga.post("/contacts/blocked", {"caller": "privat", "gets": "refusal", "notes": ""})
    assert (answer.status_code, "did you mean" in answer.text) == (400, True)


def test_on_a_phone_all_of_a_row_is_in_sight(site, browser):
    site.ask(
        "contacts.block", blocked={"caller": "4075550166", "gets": "refusal", "notes": "sells tickets to the moon"}
    )
    with visiting(browser, site, "olga", size=PHONE) as page:
        page.goto("/contacts/blocked")
        assert page.evaluate(
            "[...document.querySelectorAll('.scroll')].every((one) => one.scrollWidth <= one.clientWidth)"
        )
        page.get_by_role("button", name="Let through").click(trial=True)
    site.ask("contacts.unblock", caller="4075550166")
