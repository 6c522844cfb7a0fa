"""The attendant: greets, and lets the caller choose by key or extension, through menus of any depth."""

from __future__ import annotations

from collections.abc import Collection

from appliance.calls.call import Call
from appliance.calls.outcome import Outcome
from appliance.flows.directory import find_somebody
from appliance.flows.information import tell
from appliance.office.daypart import Part
from appliance.office.destination import (
    MAIN_MENU,
    Destination,
    MenuBefore,
    Nowhere,
    RepeatMenu,
    ToDepartment,
    ToDirectory,
    ToInformation,
    ToMenu,
    ToOperator,
)
from appliance.office.model import Menu, Office
from appliance.office.numbering import menu_destination, menu_plan
from appliance.office.numbers import OPERATOR_KEY
from appliance.office.phrase import Sayable, phrase
from appliance.office.places import greeting_words, key_words


async def attendant(call: Call, first: str = MAIN_MENU) -> Outcome:
    """Greet the caller with this menu, and go on through menus, information and directory until a choice leads out."""
    await call.answer()
    trail = [first]
    spoken = [call.caller.language]
    """For each menu of the trail, the language in which the caller came there."""
    waited: set[str] = set()
    """The menus in which the caller has waited in vain, without a key since: nobody is sent round in circles."""
    said = _greeting(call, call.office.menu_called(first))
    while True:
        menu = call.office.menu_called(trail[-1])
        destination = await choose(call, menu, said)
        if destination is None:
            if call.unsure and not waited and len(trail) == 1 and not call.caller.leg.spoke:
                return Outcome.ABANDONED
            round_again = trail[-1] in waited or _waited_there(call, menu.waits, waited)
            waited.add(trail[-1])
            destination = ToOperator() if round_again or menu.waits == ToMenu(trail[-1]) else menu.waits
        else:
            waited.clear()
            call.unsure = False
        match destination:
            case ToMenu(id):
                call.record.step(str(destination))
                trail.append(id)
                spoken.append(call.caller.language)
                said = _greeting(call, call.office.menu_called(id))
            case MenuBefore():
                if len(trail) > 1:
                    trail.pop()
                    call.caller.language = spoken.pop()
                said = _back_in(call, call.office.menu_called(trail[-1]))
            case ToInformation(id) if (information := call.office.information.get(id)) is not None:
                call.record.step(str(destination))
                after = await tell(call, information)
                if after != MenuBefore():
                    return await call.follow(after)
                said = choices(call.office, menu)
            case ToDirectory():
                call.record.step(str(destination))
                after = await find_somebody(call)
                if after != MenuBefore():
                    return await call.follow(after)
                said = choices(call.office, menu)
            case _:
                return await call.follow(destination)


def _waited_there(call: Call, destination: Destination, menus: Collection[str]) -> bool:
    """Whether the caller has waited there in vain before: in one of these menus, or in a department, which may have led
    back to the menu.
    """
    match destination:
        case ToMenu(id):
            return id in menus
        case ToDepartment(id):
            return id in call.departments
        case _:
            return False


async def choose(call: Call, menu: Menu, said: list[Sayable]) -> Destination | None:
    """What the caller chooses in this menu; too many wrong tries lead to the operator. None: pressed nothing."""
    silent = wrong = 0
    while silent < menu.silent_tries and wrong < menu.wrong_tries:
        plan = menu_plan(call.office, menu, call.company.id)
        digits = await call.caller.read_digits(plan, *said, first=menu.first_digit_seconds)
        if not digits:
            silent += 1
            said = [phrase("did-not-hear"), *choices(call.office, menu)]
            continue
        destination = menu_destination(call.office, digits, menu, call.company.id)
        if destination == RepeatMenu():
            said = choices(call.office, menu)
        elif destination == Nowhere():
            wrong += 1
            await call.caller.let_finish_dialling()
            said = [phrase("not-valid"), *choices(call.office, menu)]
        else:
            return destination
    return ToOperator() if wrong else None


def _greeting(call: Call, menu: Menu) -> list[Sayable]:
    """What a caller hears who comes into this menu, in its language from here on."""
    return [greeting_words(call.office, menu, _part_of_day(call, menu)), *_back_in(call, menu)]


def _part_of_day(call: Call, menu: Menu) -> Part | None:
    """None: the clock is not set, and the menu has a greeting that is right at any time."""
    clock = call.services.clock
    return None if menu.greeting and not clock.is_sure(clock.now()) else call.part_of_day()


def _back_in(call: Call, menu: Menu) -> list[Sayable]:
    """What a caller hears who is back in this menu, in its language from here on."""
    if menu.language:
        call.caller.language = menu.language
    return choices(call.office, menu)


def choices(office: Office, menu: Menu) -> list[Sayable]:
    """A menu as the caller hears it: extensions at any time, the keys in their order, and the operator.

    That extensions can be dialled is said once, in the menu that callers meet first.
    """
    first = menu.extensions and menu in office.first_menus
    said: list[Sayable] = [phrase("dial-extension-any-time")] if first else []
    said.extend(key_words(office, menu))
    if OPERATOR_KEY not in menu.keys:
        said.append(phrase("for-operator"))
    return said
