"""An outside call is booked on an account: the call log then has its code and name."""

from __future__ import annotations

from appliance.calls.call import Call
from appliance.calls.guard import class_of_service
from appliance.calls.outcome import Outcome
from appliance.flows.dialagain import dial_again
from appliance.flows.keys import TRIES
from appliance.office.destination import ToOutside
from appliance.office.model import Person
from appliance.office.numbering import station_destination
from appliance.office.numbers import emergency_numbers
from appliance.office.phrase import phrase
from appliance.office.rights import CallAccount

FIRST_DIGIT_SECONDS = 16.0


async def account(call: Call) -> Outcome:
    """The code of the account is asked for, and then dial tone waits for the number."""
    match await _asked(call):
        case CallAccount():
            return await dial_again(call)
        case ToOutside() as emergency:
            return await call.follow(emergency)
        case _:
            return Outcome.REFUSED


async def booked(call: Call, whose: Person | None) -> Outcome | None:
    """What became of a call outside that does not go on; None: it may, as its account is known, or none is needed.

    whose: who calls.
    """
    if call.account or call.from_outside or not class_of_service(call, whose, from_outside=False).account:
        return None
    match await _asked(call):
        case CallAccount():
            return None
        case ToOutside() as emergency:
            return await call.follow(emergency)
        case _:
            return Outcome.REFUSED


async def _asked(call: Call) -> CallAccount | ToOutside | None:
    """The account whose code is dialled; None after three codes that there are not, or three silent tries.

    A code whose digits are all there is taken at once: no code is the beginning of another. Whoever dials for help
    instead is never asked again: then it is where help is.
    """
    rights, prefix = call.office.rights, call.office.outside_prefix
    for_help = [before + number for number in emergency_numbers(call.office.country) for before in ("", prefix)]
    longest = max((len(one.code) for one in rights.accounts), default=1)

    def plan(digits: str) -> float | None:
        may_be_for_help = any(number != digits and number.startswith(digits) for number in for_help)
        whole = digits in for_help or (len(digits) >= longest and not may_be_for_help)
        whole = whole or digits.endswith("#") or rights.account(digits) is not None
        return None if whole else call.office.menu.between_digits_seconds

    for _ in range(TRIES):
        digits = await call.caller.read_digits(plan, phrase("enter-account"), first=FIRST_DIGIT_SECONDS)
        dialled = station_destination(call.office, digits)
        if isinstance(dialled, ToOutside) and dialled.emergency:
            return dialled
        found = rights.account(digits.removesuffix("#"))
        if found is not None:
            call.account = found.code
            call.record.step(f"for the account {found.code}, {found.name}")
            return found
        if digits:
            await call.caller.play(phrase("no-such-account"))
    return None
