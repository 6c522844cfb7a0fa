"""A backup is made, fetched, and taken over, at the page and in the set-up of a new unit."""

from __future__ import annotations

import re
import time
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from appliance.control.errors import ControlError
from tests.backup.sticks import plugged_in
from tests.web.site import PASSWORD, running_site

PHRASE = "kettle on the copper stove"


def made(visitor):
    """Make one and fetch it: its name and its content."""
    answer = visitor.post("/backup", {"passphrase": PHRASE})
    while "The backup is being made" in answer.text:
        answer = visitor.get("/backup")
    fetched = visitor.get("/backup/file")
    return fetched.headers["Content-Disposition"], fetched.content


def brought(visitor, page, content):
    fields = {"csrf_token": visitor.token(page), "do": "bring"}
    return visitor.http.post(visitor.url + page, data=fields, files={"file": ("some.backup", content)})


def opened(visitor, page, passphrase=PHRASE):
    answer = visitor.post(page, {"do": "open", "passphrase": passphrase})
    while "is being looked through" in answer.text:
        answer = visitor.get(page)
    return answer


def contacts(site):
    """As soon as the unit answers again."""
    for _ in range(300):
        try:
            return [one["name"] for one in site.ask("contacts.list")["contacts"]]
        except ControlError:
            time.sleep(0.05)
    raise AssertionError("the unit does not come back")


def test_a_backup_is_taken_over_on_the_page_and_by_a_new_unit(tmp_path):
    with running_site(tmp_path / "old") as old:
        ada = old.visitor("ada")
        old.ask("contacts.add", contact={"number": "2125550143", "name": "Jane Roe"})
        name, content = made(ada)
        assert (name.endswith('.backup"'), b"Jane" in content) == (True, False)
        last = datetime.fromisoformat(old.ask("backup.last")["made"])
        assert last.utcoffset() == datetime.now(ZoneInfo("America/New_York")).utcoffset()
        told = ada.get("/backup").text.partition("The last one was made on")[2]
        assert f"{last:%-I:%M}" in told.partition("</p>")[0]
        old.ask("contacts.remove", number="2125550143")

        brought(ada, "/backup/restore", content)
        wrong = ada.post("/backup/restore", {"do": "open", "passphrase": "not this one"})
        assert (wrong.status_code, "does not open this backup" in wrong.text) == (400, True)
        shown = opened(ada, "/backup/restore").text
        assert "This is Riverside Dental, as it was on" in shown
        assert "There are 0 messages then; there are 0 now." in shown
        assert contacts(old) == []  # Nothing has changed yet.
        assert "The unit restarts" in ada.post("/backup/restore", {"do": "finish"}).text
        assert contacts(old) == ["Jane Roe"]

    with running_site(tmp_path / "new", office=None, accounts=False) as new:
        installer = new.visitor()
        digits = re.findall(r'"(\d{8})"', (new.data / "spoken-codes.json").read_text())[0]
        assert installer.get("/setup/restore").url.endswith("/setup")  # Not without the code.
        installer.post("/setup", {"code": digits, "then": "restore"})
        brought(installer, "/setup/restore", content)
        opened(installer, "/setup/restore", PHRASE.upper())
        installer.post("/setup/restore", {"do": "finish"})
        assert contacts(new) == ["Jane Roe"]
        answer = installer.post("/sign-in", {"name": "ada", "password": PASSWORD})
        assert answer.url.endswith("/today")


@pytest.mark.parametrize("short", ["short", "eleven–ters—–––"])
def test_a_short_passphrase_is_refused_and_nothing_is_made(site, short):
    answer = site.visitor("ada").post("/backup", {"passphrase": short})
    assert (answer.status_code, "at least 12 letters and digits" in answer.text) == (400, True)


def test_a_backup_every_night_is_set_tried_and_stopped(site):
    ada = site.visitor("ada")
    assert "can make a backup by itself every night" in ada.get("/backup").text
    with plugged_in(site.data) as stick:
        form = {"kind": "stick", "place": stick, "at": "02:30", "keep": "14", "days": "90", "passphrase": PHRASE}
        answer = ada.post("/backup/nightly", form | {"keep": "none"})
        assert (answer.status_code, "This should be from 1 to 365." in answer.text) == (400, True)
        answer = ada.post("/backup/nightly", form)
        while "In work:" in answer.text:
            answer = ada.get("/backup")
        assert "restorable, tried on" in answer.text
        assert PHRASE not in ada.get("/backup/nightly").text
        assert len(list(Path(stick).iterdir())) == 1
    ada.post("/backup/nightly/stop", of="/backup")
    assert site.ask("nightly.get")["kind"] == ""


MARK = b"copperdesk backup 1\n"


@pytest.mark.parametrize("content", [b"", b"not a backup", MARK, MARK + bytes(99)])
def test_what_is_no_backup_is_told_and_changes_nothing(site, content):
    ada = site.visitor("ada")
    answer = brought(ada, "/backup/restore", content)
    if content:
        answer = opened(ada, "/backup/restore")
    assert 'class="note wrong"' in answer.text
    if content == b"not a backup":
        assert "This backup cannot be used: This file is no backup of a Copperdesk unit." in answer.text
    ada.post("/backup/restore", {"do": "forget"})
    assert site.ask("restore.state")["ready"] is False
