"""The log of changes: who did what is noted as it is done, without any secret, and told to administrators."""

from __future__ import annotations

import csv
from datetime import UTC, datetime, timedelta

from appliance.api.changes import BY_BUTTON, BY_TELEPHONE
from appliance.control.folder import DataFolder
from appliance.store.changelog import ChangeStore, NotedChange
from tests.web.site import running_site

SECRET = "a secret nobody may read"


def rows(visitor, find=""):
    """Who and what, the oldest first."""
    content = visitor.get(f"/changes/changes.csv?find={find}").content.decode("utf-8-sig")
    return [tuple(row[1:]) for row in csv.reader(content.splitlines())][:0:-1]


def by_telephone(data):
    """Changes of the day before, as they are noted; the third is of somebody with an unlucky id."""
    store = ChangeStore.open(DataFolder(data).changes)
    before = datetime.now(UTC) - timedelta(days=1)
    store.add(NotedChange(before, f"{BY_TELEPHONE}Ruth Olsen", "people.forward", ("ruth", "no-answer")))
    store.add(NotedChange(before, f"{BY_TELEPHONE}Ruth Olsen", "greetings.set", ("ruth",)))
    store.add(NotedChange(before, f"{BY_TELEPHONE}Ona", "people.do-not-disturb", ("on", "off")))
    store.add(NotedChange(before, BY_BUTTON, "night.set", ("closed",)))
    store.close()


def test_what_is_changed_at_the_page_is_noted_with_whoever_did_it(tmp_path):
    by_telephone(tmp_path)
    with running_site(tmp_path) as site:
        ada, olga = site.visitor("ada"), site.visitor("olga")
        assert rows(ada)[:4] == [
            ("Ruth Olsen, by telephone", "Calls for Ruth Olsen are forwarded: Those that nobody answers."),
            ("Ruth Olsen, by telephone", "A greeting of Ruth Olsen was recorded."),
            ("Ona, by telephone", "on may be disturbed again."),
            ("by the button on the unit", "The office was closed for callers."),
        ]
        document = site.ask("office.get")["document"]
        site.ask("office.load", document=document | {"name": "Riverside One"}, by="ada")
        begun = len(rows(ada))
        account = {"name": "kim", "role": "person", "password": SECRET}
        ada.post("/accounts", account)
        ada.post("/accounts/of/kim", {"role": "operator"})
        ada.post("/accounts/of/kim/password", {"password": SECRET + "!"}, of="/accounts/of/kim")
        ada.post("/accounts/of/kim/remove", of="/accounts/of/kim")
        olga.post("/today/act", {"do": "night closed"}, of="/today")
        olga.post("/reached/disturb", {"on": "yes"}, of="/reached")
        ada.post("/backup", {"passphrase": SECRET})
        ada.post("/network/name", {"name": "front desk"}, of="/network")  # Refused, so nothing is changed.
        site.ask("office.load", document=document | {"name": "Riverside Two"}, by="ada")
        assert rows(ada)[begun:-1] == [
            ("ada", "An account for kim was made (Person)."),
            ("ada", "The account kim was changed: what it may do, the mailbox."),
            ("ada", "The account kim was changed: the password."),
            ("ada", "The account kim was removed."),
            ("olga", "The office was closed for callers."),
            ("olga", "Ruth Olsen is not to be disturbed."),
            ("ada", "A backup was made."),
        ]
        assert ("Riverside Two" in rows(ada)[-1][1], rows(ada)[-1][0]) == (True, "ada")
        assert {who for who, _what in rows(ada, "olga")} == {"olga", "at the unit"}  # Whose account was made there.
        page = ada.get("/changes?find=kim").text
        assert ("The account kim was removed." in page, "closed for callers" in page) == (True, False)
        noted = b"".join(file.read_bytes() for file in tmp_path.glob("changes.sqlite*"))
        assert (b"kim" in noted, SECRET.encode() in noted, b"argon2" in noted) == (True, False, False)
        assert olga.get("/changes").status_code == 403
