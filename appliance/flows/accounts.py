"""An outside call is booked on an account: the call log then has its code and name."""

from __future__ import annotations

from appliance.calls.call import Call
from appliance.calls.guard import class_of_service
from appliance.calls.outcome import Outcome
from appliance.flows.keys import TRIES
from appliance.office.model import Person
from appliance.office.numbering import station_destination, station_plan
from appliance.office.phrase import phrase
from appliance.office.rights import CallAccount

FIRST_DIGIT_SECONDS = 16.0


async def account(call: Call) -> Outcome:
    """The code of the account is asked for, and then dial tone waits for the number."""
    if await _asked(call) is None:
        return Outcome.REFUSED
    digits = await call.caller.dial(
        station_plan(call.office),
        call.services.tones.dial,
        first=FIRST_DIGIT_SECONDS,
        again_after=call.office.outside_prefix,
        again=call.services.tones.dial,
    )
    return await call.follow(station_destination(call.office, digits, call.owner))


async def booked(call: Call, whose: Person | None) -> bool:
    """Whether a call outside may go on: its account is known, or none is needed. whose: who calls."""
    if call.account or call.from_outside or not class_of_service(call, whose, from_outside=False).account:
        return True
    return await _asked(call) is not None


async def _asked(call: Call) -> CallAccount | None:
    """The account whose code is dialled; None after three codes that there are not, or three silent tries.

    A code whose digits are all there is taken at once: no code is the beginning of another.
    """
    rights = call.office.rights
    longest = max((len(one.code) for one in rights.accounts), default=1)

    def plan(digits: str) -> float | None:
        whole = digits.endswith("#") or len(digits) >= longest or rights.account(digits) is not None
        return None if whole else call.office.menu.between_digits_seconds

    for _ in range(TRIES):
        digits = await call.caller.read_digits(plan, phrase("enter-account"), first=FIRST_DIGIT_SECONDS)
        found = rights.account(digits.removesuffix("#"))
        if found is not None:
            call.account = found.code
            call.record.step(f"for the account {found.code}, {found.name}")
            return found
        if digits:
            await call.caller.play(phrase("no-such-account"))
    return None
