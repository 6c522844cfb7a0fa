"""What should be seen to leads to where it is mended, and nobody is led to a page that is not theirs."""

from __future__ import annotations

from typing import Any

import pytest
from flask_login import login_user

from web.accounts import Account
from web.advicewords import advice, faults
from web.app import make_app
from web.pages.menus.things import SETTINGS
from web.pages.settings.collections import COLLECTIONS
from web.pages.settings.layout import PAGES
from web.roles import Role

TOLD = [
    ("fxo-1 is dead: no battery", "/settings/lines"),
    ("back line is on port fxo-9, which this unit does not have", "/settings/lines"),
    ("letters cannot be sent: wrong password", "/settings/mail"),
    ("the disk is full: a message had to be cut short", "/settings/privacy"),
    ("the recording of menu.greeting cannot be played, its text is spoken: record or add it again", "/menus"),
    ("there were too many wrong PINs for maria: somebody may be guessing", "/settings/people"),
    ("a password of the local page was set anew by telephone on 2026-11-29 at 20:00", "/accounts"),
    ("something else", ""),
]
SINCE = "2026-11-29T20:00:00+00:00"
ADVISED = [("greeting-missing", ["maria"]), ("message-unheard", ["maria"]), ("no-backup", []), ("disk-nearly-full", [])]


def of(tmp_path, role, person, seen) -> Any:
    """What somebody with this account is shown. No unit is needed for it."""
    app = make_app(tmp_path / "nowhere", tmp_path)
    app.config["UNIT"] = lambda _seconds: None
    with app.test_request_context(headers={"Accept-Language": "en"}):
        login_user(Account("somebody", role, person, "en"))
        return [matter.link for matter in seen()]


def told() -> Any:
    return list(reversed(faults([fault for fault, _link in TOLD])))


def advised() -> Any:
    return advice([{"kind": kind, "about": about, "since": SINCE} for kind, about in ADVISED], {})


def test_faults_lead_an_administrator_to_where_they_are_mended(tmp_path):
    assert of(tmp_path, Role.ADMINISTRATOR, "", told) == [link for _fault, link in TOLD]


@pytest.mark.parametrize(
    ("role", "person", "links"),
    [
        (Role.ADMINISTRATOR, "", ["/settings/people", "/settings/people", "/backup", "/settings/privacy"]),
        (Role.ADMINISTRATOR, "maria", ["/greetings", "/inbox", "/backup", "/settings/privacy"]),
        (Role.OPERATOR, "ruth", ["", "", "", ""]),
    ],
)
def test_advice_leads_to_pages_of_whoever_reads_it(tmp_path, role, person, links):
    assert of(tmp_path, role, person, advised) == links
    assert role is Role.ADMINISTRATOR or of(tmp_path, role, person, told) == [""] * len(TOLD)


def test_every_page_of_the_settings_that_others_lead_to_is_there():
    assert {"lines", "people", "mail", "privacy"} <= set(PAGES)
    assert set(SETTINGS.values()) <= set(COLLECTIONS)
