"""A lifted telephone: dial tone, digits, and where they lead; and what happens to one left off hook."""

from __future__ import annotations

from appliance.calls.call import Call
from appliance.calls.outcome import CallEnded, Outcome
from appliance.calls.party import Party
from appliance.calls.services import Services
from appliance.calls.station import StationLine
from appliance.flows.hotline import from_station, hotline
from appliance.office.forwarding import ForwardWhen
from appliance.office.lines import Reminder
from appliance.office.numbering import ended, station_destination, station_plan

FIRST_DIGIT_SECONDS = 16.0
REORDER_SECONDS = 20.0
HOWLER_SECONDS = 60.0


async def station(call: Call) -> Outcome:
    """Dial tone, then whatever is dialled.

    It is recall dial tone where somebody is on hold, and stutter dial tone to remind anybody of this telephone.
    """
    tones = call.services.tones
    tone = tones.stutter if reminds(call) else tones.dial
    if call.consults:
        call.record.step("consultation")
        tone = tones.recall
    hot = hotline(call)
    digits = ""
    if hot is None or hot.hotline_after_seconds:
        digits = await call.caller.dial(
            station_plan(call.office),
            tone,
            first=hot.hotline_after_seconds if hot is not None else FIRST_DIGIT_SECONDS,
            again_after=call.office.outside_prefix,
            again=tones.dial,
        )
    if hot is not None:
        digits = digits or hot.dials_by_itself
    call.record.dialled(ended(digits))
    return await from_station(call, station_destination(call.office, digits, call.owner))


def reminds(call: Call) -> bool:
    """Whether anybody of this telephone has new messages, or the telephone does not ring, as somebody wanted it."""
    now, line = call.availability, call.caller.line
    by_tone = isinstance(line, StationLine) and Reminder.TONE in line.facts.reminders
    return any(
        (by_tone and (call.mail.new_for(person, call.office) or call.services.faxes.new_for(person, call.office)))
        or now.not_disturbed(person)
        or now.forwarding(person).when is ForwardWhen.ALWAYS
        for person in call.office.people
        if person.station == call.caller.name
    )


async def left_off_hook(party: Party, services: Services) -> None:
    """What a telephone hears whose call is over: reorder, then the howler, then nothing until it is hung up."""
    try:
        await party.play_tone(services.tones.reorder, REORDER_SECONDS)
        await party.play_tone(services.tones.howler, HOWLER_SECONDS)
    except CallEnded:
        return
    party.lock_out()
