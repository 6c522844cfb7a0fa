"""What should be seen to leads to where it is mended, and nobody is led to a page that is not theirs."""

from __future__ import annotations

from typing import Any

import pytest
from flask_login import login_user

from appliance.calls.announcer import unplayable
from appliance.calls.call import CUT_SHORT
from appliance.calls.linehealth import LineTrouble
from appliance.calls.linehealth import told as told_of_line
from appliance.machine.health import CARD_FAILS, DATA_MISSING, WEAK
from hw.said import said, wording
from web.accounts import Account
from web.advicewords import advice, faults
from web.app import make_app
from web.pages.menus.things import SETTINGS
from web.pages.settings.collections import COLLECTIONS
from web.pages.settings.layout import PAGES
from web.roles import Role
from web.saying import in_words

GUESSED = said("there were too many wrong PINs %(where)s: somebody may be guessing", where="for maria")
RESET = said(
    "a password of the local page was reset by telephone on %(day)s at %(time)s; an administrator confirms it on the"
    " page",
    day="2026-11-29",
    time="20:00",
)
TOLD = [
    (said("%(line)s is dead: %(why)s", line="fxo-1", why="no battery"), "/settings/lines"),
    (
        said("%(lines)s: %(why)s", lines="a card", why=said("the disk is full: no room for %(what)s", what="it")),
        "/settings/privacy",
    ),
    (said("%(line)s is on port %(port)s, which this unit does not have", line="back", port="fxo-9"), "/settings/lines"),
    (said("%(line)s gave no dial tone", line="front"), "/line-test"),
    (told_of_line("front", LineTrouble.HUM), "/line-test"),
    (said("letters cannot be sent: %(why)s", why="wrong password"), "/settings/mail"),
    (CUT_SHORT, "/settings/privacy"),
    (unplayable("menu.greeting"), "/menus"),
    (GUESSED, "/settings/people"),
    (RESET, "/accounts"),
    (WEAK, ""),
    (CARD_FAILS, "/backup"),
    (DATA_MISSING, "/backup"),
    ("something else", ""),
]
SINCE = "2026-11-29T20:00:00+00:00"
ADVISED = [("greeting-missing", ["maria"]), ("message-unheard", ["maria"]), ("no-backup", []), ("disk-nearly-full", [])]
ADVISED += [("power-was-weak", []), ("card-worn", ["90"]), ("clock-unset", [])]


def of(tmp_path, role, person, seen) -> Any:
    """What somebody with this account is shown. No unit is needed for it."""
    app = make_app(tmp_path / "nowhere", tmp_path)
    app.config["UNIT"] = lambda _seconds: None
    with app.test_request_context(headers={"Accept-Language": "en"}):
        login_user(Account("somebody", role, person, "en"))
        return [matter.link for matter in seen()]


def told() -> Any:
    return list(reversed(faults([wording(fault) for fault, _link in TOLD])))


def advised() -> Any:
    return advice([{"kind": kind, "about": about, "since": SINCE} for kind, about in ADVISED], {})


def test_faults_lead_an_administrator_to_where_they_are_mended(tmp_path):
    assert of(tmp_path, Role.ADMINISTRATOR, "", told) == [link for _fault, link in TOLD]


@pytest.mark.parametrize(
    ("role", "person", "links"),
    [
        (
            Role.ADMINISTRATOR,
            "",
            ["/settings/people", "/settings/people", "/backup", "/settings/privacy", "", "/backup", "/network"],
        ),
        (
            Role.ADMINISTRATOR,
            "maria",
            ["/greetings", "/inbox", "/backup", "/settings/privacy", "", "/backup", "/network"],
        ),
        (Role.OPERATOR, "ruth", [""] * len(ADVISED)),
    ],
)
def test_advice_leads_to_pages_of_whoever_reads_it(tmp_path, role, person, links):
    assert of(tmp_path, role, person, advised) == links
    assert role is Role.ADMINISTRATOR or of(tmp_path, role, person, told) == [""] * len(TOLD)


def test_why_a_backup_was_missed_is_said_in_the_readers_language(tmp_path):
    why = wording(said("the stick is full"))
    told = {"kind": "backup-missed", "about": [why["text"]], "about_wordings": [why], "since": SINCE}
    app = make_app(tmp_path / "nowhere", tmp_path)
    app.config["UNIT"] = lambda _seconds: None
    with app.test_request_context(headers={"Accept-Language": "de"}):
        login_user(Account("somebody", Role.ADMINISTRATOR, "", "de"))
        (matter,) = advice([told], {})
        assert in_words(why) in matter.what
        assert why["text"] not in matter.what


def test_every_page_of_the_settings_that_others_lead_to_is_there():
    assert {"lines", "people", "mail", "privacy"} <= set(PAGES)
    assert set(SETTINGS.values()) <= set(COLLECTIONS)
