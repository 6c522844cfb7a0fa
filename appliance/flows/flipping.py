"""What people of the office change about themselves, by a code or in the mailbox: who may, and how it is kept."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime

from appliance.calls.bytelephone import ChangedByTelephone
from appliance.calls.call import Call
from appliance.calls.outcome import CallEnded, Outcome
from appliance.flows.letin import let_in_a_person
from appliance.office.model import Person
from appliance.office.phrase import Sayable, phrase

Change = Callable[[Call, Person], Awaitable[Outcome]]
"""A conversation in which a person changes something."""


async def by_code(call: Call, change: Change) -> Outcome:
    """Let whoever has dialled a code change something: the owner of this telephone, or who gives extension and PIN."""
    await call.answer()
    person = call.owner or await let_in_a_person(call, None)
    outcome = await change(call, person) if person is not None else Outcome.REFUSED
    with suppress(CallEnded):
        await call.caller.play(phrase("goodbye"))
    return outcome


async def flip(
    call: Call,
    switch: str,
    at: str,
    until: datetime | None = None,
    *,
    said: Sayable,
    noted: ChangedByTelephone | None = None,
) -> Outcome:
    """Let a switch stand so, and then say this. It is on the disk before, whoever hangs up meanwhile.

    noted: what goes into the log of changes; None: it is nothing that others have to know.
    """
    try:
        await call.services.switches.flip(switch, at, until)
    except OSError:  # The disk is full, or broken.
        await call.caller.play(phrase("not-changed"))
        return Outcome.FAULT
    if noted is not None:
        call.services.changed_by_telephone.tell(noted)
    call.record.step(f"switches {switch} to {at}" if at else f"switches {switch} back")
    with suppress(CallEnded):
        await call.caller.play(said)
    return Outcome.CHANGED
