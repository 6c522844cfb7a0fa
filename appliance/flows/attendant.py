"""The attendant: greets by time of day and lets the caller choose by key or extension, with the operator on 0."""

from __future__ import annotations

from appliance.calls.call import Call
from appliance.calls.outcome import Outcome
from appliance.office.destination import Nowhere, RepeatMenu, ToOperator
from appliance.office.model import Key
from appliance.office.numbering import menu_destination, menu_plan
from appliance.office.numbers import OPERATOR_KEY
from appliance.office.phrase import Sayable, Words, phrase


async def attendant(call: Call) -> Outcome:
    """Three silent or three wrong tries lead to the operator, and from there to the general mailbox."""
    await call.answer()
    call.caller.leg.watch_for_fax()
    menu = call.office.menu
    said: list[Sayable] = [Words(menu.greetings[call.part_of_day()]), *choices(menu.keys)]
    silent = wrong = 0
    pressed = False
    while silent < menu.silent_tries and wrong < menu.wrong_tries:
        digits = await call.caller.read_digits(menu_plan(call.office), *said, first=menu.first_digit_seconds)
        call.caller.leg.ignore_fax()
        if not digits:
            silent += 1
            said = [phrase("did-not-hear"), *choices(menu.keys)]
            continue
        pressed = True
        destination = menu_destination(call.office, digits)
        if destination == RepeatMenu():
            said = choices(menu.keys)
        elif destination == Nowhere():
            wrong += 1
            await call.caller.let_finish_dialling()
            said = [phrase("not-valid"), *choices(menu.keys)]
        else:
            return await call.follow(destination)
    if call.unsure and not pressed and not call.caller.leg.spoke:
        return Outcome.ABANDONED
    return await call.follow(ToOperator())


def choices(keys: dict[str, Key]) -> list[Sayable]:
    """The menu as the caller hears it: extensions at any time, the keys in their order, and the operator."""
    said: list[Sayable] = [phrase("dial-extension-any-time")]
    said.extend(Words(key.says) for key in keys.values() if key.says)
    if OPERATOR_KEY not in keys:
        said.append(phrase("for-operator"))
    return said
