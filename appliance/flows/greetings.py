"""The menu of a mailbox's greetings, and the temporary one, which ends by itself."""

from __future__ import annotations

from datetime import datetime, timedelta

from appliance.calls.bytelephone import ChangedByTelephone
from appliance.calls.call import Call
from appliance.calls.greetingchoice import LONGEST_TEMPORARY_DAYS, ends_after, temporary_switch
from appliance.calls.mail import OwnRecording
from appliance.calls.outcome import Outcome
from appliance.flows.flipping import flip
from appliance.flows.keys import TRIES, choose_key
from appliance.flows.recordings import BUSY, CLOSED, GREETING, NAME, TEMPORARY, UNAVAILABLE, change, record
from appliance.office.availability import ON
from appliance.office.mailboxowner import MailboxOwner
from appliance.office.model import Person
from appliance.office.phrase import Phrase, Recorded, phrase

DIALOGS = {"1": GREETING, "2": UNAVAILABLE, "3": BUSY, "4": CLOSED, "6": NAME}
TEMPORARY_KEY = "5"
OF_A_DEPARTMENT = "145"
"""Nobody wants to disturb a department, and it is never on the phone as a whole."""
DIALOG_OF = {dialog.what: dialog for dialog in (*DIALOGS.values(), TEMPORARY)}
"""How the owner is asked for each of the recordings."""
MINUTE = timedelta(minutes=1)


async def change_greetings(call: Call, owner: MailboxOwner) -> None:
    """Let the owner hear, record and remove what callers of this mailbox hear."""
    keys, menu = "123456", phrase("greetings-menu")
    if not isinstance(owner, Person):
        keys, menu = OF_A_DEPARTMENT, phrase("department-greetings-menu")
    while key := await choose_key(call, keys + "*", menu):
        if key == "*":
            return
        if key == TEMPORARY_KEY:
            await change_temporary(call, owner)
        else:
            await change(call, owner, DIALOGS[key])


async def record_one(call: Call, owner: MailboxOwner, what: OwnRecording, until: datetime | None) -> Outcome:
    """Record one of them with whoever has lifted a telephone that we have rung for it.

    until: when the temporary greeting ends by itself, in UTC.
    """
    call.caller.language = owner.language or call.office.language
    if not await record(call, owner, DIALOG_OF[what]):
        return Outcome.ABANDONED
    if until is not None:
        said = phrase("temporary-greeting-until", when=call.office.local(until - MINUTE))
        return await flip(call, temporary_switch(owner.id), ON, until, said=said)
    return Outcome.CHANGED


async def change_temporary(call: Call, owner: MailboxOwner) -> None:
    """Hear, record or end the temporary greeting. Whoever comes here is told until when it is in use."""
    if (until := temporary_until(call, owner)) is not None:
        await call.caller.play(until)
    while key := await choose_key(call, "123*", TEMPORARY.menu):
        match key:
            case "1":
                own = await call.mail.own(owner.id, OwnRecording.TEMPORARY) if temporary_until(call, owner) else None
                await call.caller.play(Recorded(own) if own else TEMPORARY.missing, until_digit=True)
            case "2":
                if await record(call, owner, TEMPORARY):
                    await _use_for_days(call, owner)
            case "3":
                await call.mail.remove_own(owner.id, OwnRecording.TEMPORARY)
                noted = ChangedByTelephone(owner.name, "greetings.remove", (owner.id,))
                await flip(call, temporary_switch(owner.id), "", said=TEMPORARY.removed, noted=noted)
            case _:
                return


async def _use_for_days(call: Call, owner: MailboxOwner) -> None:
    """Use it today, and ask for how many days: whoever hangs up then, or says nothing, has it for today."""
    used = await _use(call, owner, 1)
    for _ in range(TRIES):
        given = await call.caller.read_number(
            phrase("temporary-greeting-days"), longest=len(str(LONGEST_TEMPORARY_DAYS))
        )
        if not given:
            break
        if given.isdigit() and 1 <= int(given) <= LONGEST_TEMPORARY_DAYS:
            used = await _use(call, owner, int(given))
            break
        await call.caller.play(phrase("not-valid"))
    until = temporary_until(call, owner)
    await call.caller.play(until if used and until is not None else phrase("not-changed"))


async def _use(call: Call, owner: MailboxOwner, days: int) -> bool:
    """Let callers hear it on so many days, today included. False where the disk does not take that."""
    until = ends_after(days, call.services.clock.now(), call.office.time_zone)
    try:
        await call.services.switches.flip(temporary_switch(owner.id), ON, until)
    except OSError:
        return False
    call.record.step(f"uses a temporary greeting until {call.office.local(until):%Y-%m-%d}")
    return True


def temporary_until(call: Call, owner: MailboxOwner) -> Phrase | None:
    """The sentence that says until when it is in use; None where it is not."""
    until = call.services.switches.until(temporary_switch(owner.id))
    if until is None:
        return None
    return phrase("temporary-greeting-until", when=call.office.local(until - MINUTE))
