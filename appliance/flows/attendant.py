"""The attendant: greets by time of day and lets the caller choose by key or extension, with the operator on 0."""

from __future__ import annotations

from appliance.calls.call import Call
from appliance.calls.outcome import Outcome
from appliance.flows.person import leave_message, reach, reach_elsewhere, reach_operator
from appliance.office.model import Action, Key, Person
from appliance.office.numbering import Elsewhere, menu_destination, menu_plan
from appliance.office.numbers import OPERATOR_KEY
from appliance.office.phrase import Sayable, Words, phrase


async def attendant(call: Call) -> Outcome:
    """Three silent or three wrong tries lead to the operator, and from there to the general mailbox."""
    await call.answer()
    call.caller.watch_for_fax()
    menu = call.office.menu
    said: list[Sayable] = [Words(menu.greetings[call.part_of_day()]), *choices(menu.keys)]
    silent = wrong = 0
    pressed = False
    while silent < menu.silent_tries and wrong < menu.wrong_tries:
        digits = await call.read_digits(menu_plan(call.office), *said, first=menu.first_digit_seconds)
        call.caller.ignore_fax()
        if not digits:
            silent += 1
            said = [phrase("did-not-hear"), *choices(menu.keys)]
            continue
        pressed = True
        match menu_destination(call.office, digits):
            case Person() as person:
                return await reach(call, person)
            case Elsewhere() as elsewhere:
                return await reach_elsewhere(call, elsewhere)
            case Key(Action.REPEAT):
                said = choices(menu.keys)
            case Key() as key:
                return await follow(call, key)
            case _:
                wrong += 1
                await call.let_finish_dialling()
                said = [phrase("not-valid"), *choices(menu.keys)]
    if call.unsure and not pressed and not call.caller.spoke:
        return Outcome.ABANDONED
    return await reach_operator(call)


async def follow(call: Call, key: Key) -> Outcome:
    """Do what a key of the menu says."""
    person = call.office.person(key.person) if key.person else None
    match key.action:
        case Action.PERSON if person is not None:
            return await reach(call, person)
        case Action.MAILBOX if person is not None:
            return await leave_message(call, person)
        case Action.HANG_UP:
            await call.play(phrase("thank-you-goodbye"))
            return Outcome.GOODBYE
        case _:
            return await reach_operator(call)


def choices(keys: dict[str, Key]) -> list[Sayable]:
    """The menu as the caller hears it: extensions at any time, the keys in their order, and the operator."""
    said: list[Sayable] = [phrase("dial-extension-any-time")]
    said.extend(Words(key.says) for key in keys.values() if key.says)
    if OPERATOR_KEY not in keys:
        said.append(phrase("for-operator"))
    return said
