"""Checks of the unit itself: does it run, its page, its office, its faults, what waits to be sent."""

from __future__ import annotations

import urllib.request
from collections.abc import Iterator
from datetime import datetime, timedelta
from http.client import HTTPException
from urllib.error import URLError

from appliance.doctor.examined import Examined
from appliance.doctor.finding import CheckFound, attention, broken, unknown, works
from appliance.machine.health import CARD_FAILS, HOT, WEAK
from appliance.machine.starts import TOLD_FROM, failed_starts
from appliance.provisioning.notes import provisioning_fault
from hw.said import counted, revived, said, told_by

LETTER_LATE = timedelta(hours=1)
"""A letter that has waited for so long tells of a mail server that does not take it."""
FAX_LATE = timedelta(hours=1)
"""A fax that is due, and has had no line for so long, waits for one that is broken, or always in use."""
TOLD_OF_MACHINE = (WEAK, HOT, CARD_FAILS)
"""Faults that the checks of the machine tell themselves."""
_PAGES = ("http://127.0.0.1:80", "http://127.0.0.1:8080")
_PAGE_PATIENCE_S = 5.0
_LOOKED_AT = 200_000
"""Bytes of a page."""


def daemon(seen: Examined) -> Iterator[CheckFound]:
    """Does the unit answer on its control socket?"""
    if seen.status is not None:
        since = datetime.fromisoformat(seen.status["since"])
        yield works(said("The unit has been running since %(since)s.", since=f"{since:%Y-%m-%d %H:%M}"))
    elif seen.silent == "not-running" and (failed := failed_starts(seen.starts)) >= TOLD_FROM:
        yield broken(
            said("The unit cannot keep running: %(times)s starts have failed, and it goes on trying.", times=failed),
            said("Start the machine again. If that does not help, “journalctl -u copperdesk” says why."),
        )
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
    told = map(revived, seen.status["fault_wordings"] if seen.status is not None else ())
    for fault in told:
        if fault not in TOLD_OF_MACHINE:
            yield broken(
                said("The unit tells: %(fault)s", fault=fault), said("The page Today says what to do about each fault.")
            )


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


def faxes(seen: Examined) -> Iterator[CheckFound]:
    """Do faxes go out?"""
    if seen.status is None or "fax.queue" in seen.refused:
        return
    due = [one for one in seen.faxes if one["next_try"]]
    late = [one for one in due if seen.now - datetime.fromisoformat(one["next_try"]) > FAX_LATE]
    if late:
        yield broken(
            counted(
                "%(num)s fax waits for a line: %(why)s",
                "%(num)s faxes wait for a line: %(why)s",
                len(late),
                why=revived(late[0]["standing"]),
            ),
            said("See whether a line for faxes is free, and works."),
        )
    elif seen.faxes:
        yield works(counted("%(num)s fax is on its way.", "%(num)s faxes are on their way.", len(seen.faxes)))


def provisioning(seen: Examined) -> Iterator[CheckFound]:
    """Was the file on the boot partition put into effect? A unit that runs tells it as a fault."""
    if seen.status is None and (fault := provisioning_fault(seen.data)):
        yield broken(
            fault, said("Mend that in the file, and start the machine again. copperdesk-told.txt has it, too.")
        )
