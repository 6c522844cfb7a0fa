"""A conference: up to eight talk with each other, and hear who comes and that somebody goes."""

from __future__ import annotations

from contextlib import suppress

from appliance.calls.call import Call
from appliance.calls.mail import OwnRecording
from appliance.calls.outcome import CallEnded, Outcome
from appliance.calls.rooms import Room
from appliance.flows.digitsbehind import digits_behind
from appliance.office.phrase import Recorded, Sayable, phrase


async def conference(call: Call) -> Outcome:
    """Join the conference whose digit is dialled behind the code. Whoever is transferred to the code joins it, too."""
    await call.answer()
    number = await digits_behind(call, 1, phrase("enter-conference"))
    if not number.isdecimal():
        await call.caller.play(phrase("goodbye"))
        return Outcome.ABANDONED
    rooms, party = call.services.rooms, call.caller
    room = rooms.enter(number, party, call.services.music)
    if room is None:
        await party.play(phrase("conference-full"), phrase("goodbye"))
        return Outcome.REFUSED
    call.record.step(f"joins conference {number}")
    # A plain telephone that is hung up while it has somebody on hold brings that party here.
    party.leg.calling = f"{call.office.codes.conference}{number}"
    try:
        return await stay(call, room)
    finally:
        party.leg.calling = ""
        rooms.leave(number, party)


async def stay(call: Call, room: Room) -> Outcome:
    """Until the caller hangs up, or has been alone for long."""
    party, talked = call.caller, False
    alone = phrase("conference-first")
    with suppress(CallEnded):
        await room.introduce(party, *await introduction(call))
        while len(room.parties) > 1 or await room.wait_alone(party, alone):
            talked, alone = True, phrase("conference-alone")
            await room.talk(party)
        await party.play(phrase("goodbye"))
    return Outcome.CONNECTED if talked else Outcome.ABANDONED


async def introduction(call: Call) -> list[Sayable]:
    """Who the caller is: by the recorded name, or the spoken one; nothing where neither is known."""
    owner = call.owner
    if owner is not None:
        own = await call.mail.own(owner.id, OwnRecording.NAME)
        if own is not None and await call.playable(Recorded(own)):
            return [Recorded(own)]
        return [phrase("conference-joined", name=owner.name)]
    name = call.who.sayable_name(call.who.number, call.caller.language)
    return [phrase("conference-joined", name=name)] if name else []
