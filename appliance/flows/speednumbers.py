"""Speed numbers: one digit is one's own, two digits are the office's."""

from __future__ import annotations

from contextlib import suppress

from appliance.calls.call import Call
from appliance.calls.outcome import CallEnded, Outcome
from appliance.flows.flipping import by_code
from appliance.flows.keys import TRIES
from appliance.flows.lastcalls import dial
from appliance.office.destination import Nowhere
from appliance.office.model import Person
from appliance.office.numbering import Plan, station_destination
from appliance.office.phrase import Digits, phrase
from appliance.office.shortcuts import leads_in_circles, speed_switch

FIRST_DIGIT_SECONDS, NEXT_DIGIT_SECONDS = 8.0, 4.0
LONGEST_NUMBER = 24


async def speed(call: Call) -> Outcome:
    """Dial a speed number, as if all of it were dialled now."""
    key = (await call.caller.read_digits(speed_plan(call), first=FIRST_DIGIT_SECONDS)).removesuffix("#")
    number = call.office.shortcuts.speed.get(key) or own_number(call, key)
    if not number or leads_in_circles(station_destination(call.office, number)):
        await call.caller.play(phrase("no-speed-number"), phrase("goodbye"))
        return Outcome.NOT_DIALLED
    return await dial(call, number)


def speed_plan(call: Call) -> Plan:
    """One digit, or two. Where no number of the office begins with the first, nobody waits for a second."""
    of_office = call.office.shortcuts.speed

    def wait(digits: str) -> float | None:
        goes_on = len(digits) == 1 and any(key.startswith(digits) for key in of_office)
        return call.office.menu.shared_prefix_seconds if goes_on else None

    return wait


def own_number(call: Call, key: str) -> str:
    """The number that the owner of this telephone has stored under a digit; empty where there is none."""
    return call.services.switches.at(speed_switch(call.owner.id, key)) if call.owner is not None else ""


async def set_speed(call: Call) -> Outcome:
    """Ask for a digit and a number, which the owner of the telephone dials by that digit from now on."""
    return await by_code(call, store)


async def store(call: Call, person: Person) -> Outcome:
    key = await _digit(call)
    if not key:
        return Outcome.ABANDONED
    for _ in range(TRIES):
        given = await call.caller.read_digits(number_plan, phrase("enter-speed-number"), first=FIRST_DIGIT_SECONDS)
        number = given.removesuffix("#")
        leads_to = station_destination(call.office, number, person)
        if given == "#" or (number and leads_to != Nowhere() and not leads_in_circles(leads_to)):
            return await _keep(call, person, key, number)
        if given:
            await call.caller.play(phrase("speed-refused"))
    return Outcome.ABANDONED


def number_plan(digits: str) -> float | None:
    """A number ends by # or a pause. # alone removes what is stored; who presses nothing leaves it as it is."""
    return None if digits.endswith("#") or len(digits) >= LONGEST_NUMBER else NEXT_DIGIT_SECONDS


async def _digit(call: Call) -> str:
    """Under which the number is to be stored; "" after as many tries as everywhere."""
    for _ in range(TRIES):
        key = await call.caller.read_number(phrase("enter-speed-key"), longest=1)
        if key.isdecimal():
            return key
        if key:
            await call.caller.play(phrase("not-valid"))
    return ""


async def _keep(call: Call, person: Person, key: str, number: str) -> Outcome:
    """It is on the disk before it is confirmed. The number stands in no record of the call."""
    try:
        await call.services.switches.flip(speed_switch(person.id, key), number)
    except OSError:  # The disk is full, or broken.
        await call.caller.play(phrase("not-changed"))
        return Outcome.FAULT
    said = phrase("speed-removed", key=Digits(key))
    if number:
        said = phrase("speed-stored", key=Digits(key), number=Digits(number))
    with suppress(CallEnded):
        await call.caller.play(said)
    return Outcome.CHANGED
