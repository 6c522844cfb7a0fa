"""Checks of the unit itself: does it run, its page, its office, its lines, its mail, its backups."""

from __future__ import annotations

import urllib.request
from collections.abc import Iterator
from datetime import datetime, timedelta
from http.client import HTTPException
from urllib.error import URLError

from appliance.backup.making import last_made
from appliance.doctor.examined import Examined
from appliance.doctor.finding import CheckFound, attention, broken, unknown, works
from hw.found import HEALTHY
from hw.said import counted, revived, said, told_by

BACKUP_GOOD_FOR = timedelta(days=30)
LETTER_LATE = timedelta(hours=1)
"""A letter that has waited for so long tells of a mail server that does not take it."""
QUIET_FOR = timedelta(days=7)
"""A line without any call for so long may be dead outside, where the unit does not see it."""
_PAGES = ("http://127.0.0.1:80", "http://127.0.0.1:8080")
_PAGE_PATIENCE_S = 5.0
_LOOKED_AT = 200_000
"""Bytes of a page."""


def daemon(seen: Examined) -> Iterator[CheckFound]:
    """Does the unit answer on its control socket?"""
    if seen.status is not None:
        since = datetime.fromisoformat(seen.status["since"])
        yield works(said("The unit runs since %(since)s.", since=f"{since:%Y-%m-%d %H:%M}"))
    elif seen.silent == "not-running":
        yield broken(
            said("The unit does not run: no call is answered."),
            said("Start it: “systemctl start copperdesk” on a unit, “copperdesk run” elsewhere."),
        )
    else:
        yield broken(
            said("The unit runs, and does not answer (%(code)s).", code=seen.silent),
            said("Run this as root or as the user copperdesk. If that changes nothing, start the unit anew."),
        )


def page(seen: Examined) -> Iterator[CheckFound]:
    """Does the local page answer?"""
    why = ""
    for address in (seen.page,) if seen.page else _PAGES:
        try:
            with urllib.request.urlopen(address, timeout=_PAGE_PATIENCE_S) as answer:
                if b"Copperdesk" in answer.read(_LOOKED_AT):
                    yield works(said("The page answers at %(address)s.", address=address))
                    return
                why = said("another program answers there")
        except URLError as error:
            why = told_by(error.reason) if isinstance(error.reason, OSError) else str(error.reason)
        except (OSError, HTTPException, ValueError) as error:
            why = told_by(error)
    yield broken(
        said("The page does not answer: %(why)s.", why=why),
        said("Start it: “systemctl start copperdesk-page” on a unit, “copperdesk run --web” elsewhere."),
    )


def office(seen: Examined) -> Iterator[CheckFound]:
    """Is there an office document, and is it right?"""
    from appliance.office.document import parse_office
    from appliance.office.problem import OfficeErrors

    if seen.damaged:
        yield broken(
            said("The office document is damaged: %(why)s", why=seen.damaged),
            said("Restore a backup, or load the document anew: “copperdesk office load FILE”."),
        )
    if seen.document is None:
        if not seen.damaged:
            yield attention(said("No office is set up yet."), said("Set it up at the page, which asks step by step."))
        return
    try:
        made = parse_office(dict(seen.document))
    except OfficeErrors as errors:
        num = len(errors.problems)
        yield broken(
            counted("The office document has %(num)s mistake.", "The office document has %(num)s mistakes.", num),
            said("“copperdesk office check” says which, and where."),
        )
        return
    people = counted("%(num)s person", "%(num)s people", len(made.people))
    lines = counted("%(num)s line", "%(num)s lines", len(made.trunks))
    yield works(said("The office document is in order: %(people)s, %(lines)s.", people=people, lines=lines))


def faults(seen: Examined) -> Iterator[CheckFound]:
    """What the unit itself says is wrong."""
    for fault in map(revived, seen.status["fault_wordings"] if seen.status is not None else ()):
        yield broken(
            said("The unit tells: %(fault)s", fault=fault), said("The page Today says what to do about each fault.")
        )


def lines(seen: Examined) -> Iterator[CheckFound]:
    """Is each line, telephone and card healthy?"""
    if seen.status is None:
        yield unknown(said("Lines are not known, as the unit does not run."), said("“copperdesk hw list” looks alone."))
        return
    if why := seen.refused.get("hw.list"):
        yield unknown(said("The unit did not tell how its lines are: %(why)s", why=why))
        return
    ill = [one for one in seen.hardware if one["state"] != HEALTHY]
    for one in ill:
        yield broken(said("%(line)s: %(why)s", line=one["name"], why=one["told"]), one["mend"])
    well = [one for one in seen.hardware if one["state"] == HEALTHY and one["kind"] != "modem"]
    if well:
        yield works(
            counted(
                "%(num)s line, telephone or card is healthy.",
                "%(num)s lines, telephones and cards are healthy.",
                len(well),
            )
        )
    elif not ill:
        yield attention(said("No line is connected."), said("docs/hardware.md says what can be connected, and how."))


def modem(seen: Examined) -> Iterator[CheckFound]:
    """Is the modem there that the office wants? One that is not healthy is told with the lines."""
    if any(one["kind"] == "modem" and one["state"] == HEALTHY for one in seen.hardware):
        yield works(said("The modem is there, and answers."))
    elif seen.document is not None and not seen.document.get("modem"):
        yield works(said("The office has no modem, and needs none: faxes go over any line."))


def last_calls(seen: Examined) -> Iterator[CheckFound]:
    """When was each line last used?"""
    if seen.status is None or "log" in seen.refused:
        return
    for trunk in seen.status["trunks"]:
        of_line = [datetime.fromisoformat(one["started"]) for one in seen.calls if one["line"] == trunk["name"]]
        if not of_line:
            yield unknown(
                said("%(line)s: no call yet, as far as the last calls tell.", line=trunk["name"]),
                said("Call its number from a cell phone, and see whether the unit answers."),
            )
        elif seen.now - max(of_line) > QUIET_FOR:
            days = counted("%(num)s day", "%(num)s days", (seen.now - max(of_line)).days)
            yield attention(
                said("%(line)s: the last call was %(days)s ago.", line=trunk["name"], days=days),
                said("Call its number from a cell phone, and see whether the unit answers."),
            )
        else:
            at = f"{max(of_line):%Y-%m-%d %H:%M}"
            yield works(said("%(line)s: the last call was at %(at)s.", line=trunk["name"], at=at))


def mail(seen: Examined) -> Iterator[CheckFound]:
    """Was mail delivered the last time?"""
    notifying = (seen.document or {}).get("notifying", {})
    if not notifying.get("mail", {}).get("host") and not notifying.get("post", {}).get("url"):
        yield works(said("No mail is sent: no mail server is set."))
        return
    if seen.status is None or "mail.queue" in seen.refused:
        yield unknown(said("Whether mail is delivered is not known, as the unit does not tell."))
        return
    failed = [one for one in seen.letters if one["why"]]
    late = [one for one in seen.letters if seen.now - datetime.fromisoformat(one["queued"]) > LETTER_LATE]
    if waiting := {str(one["id"]) for one in (*failed, *late)}:
        why = failed[-1]["why"] if failed else said("none was tried for an hour")
        yield broken(
            counted("%(num)s letter waits: %(why)s", "%(num)s letters wait: %(why)s", len(waiting), why=why),
            said("“copperdesk mail test you@example.org” says what the mail server objects to."),
        )
    else:
        yield works(said("Mail was delivered the last time, or none was sent yet."))


def backups(seen: Examined) -> Iterator[CheckFound]:
    """Is there a backup that is not old?"""
    mend = said("Make one at the page, or by “copperdesk backup FILE”; docs/backup.md says how it is done every night.")
    if seen.document is None:
        return
    made = last_made(seen.data)
    try:
        age = seen.now - datetime.fromisoformat(made)
    except (ValueError, TypeError):
        yield attention(said("No backup was made yet."), mend)
        return
    days = counted("%(num)s day", "%(num)s days", age.days)
    if age > BACKUP_GOOD_FOR:
        yield attention(said("The last backup was made %(days)s ago.", days=days), mend)
    else:
        yield works(said("The last backup was made %(days)s ago.", days=days))
