"""From the page a call is transferred to a number outside, and one is dialled, where the toll guard allows it."""

from __future__ import annotations

from dataclasses import replace

from appliance.office.model import Office
from tests.calls.farlines import ANNE
from tests.calls.plainlines import PlainWorld, hear_each_other, plain_world
from tests.calls.test_call_control import control, dialled, hung_up, refused, the_call

PARIS = "+33142345678"


async def test_a_talk_is_transferred_to_a_number_outside(plain: PlainWorld) -> None:
    caller, maria = await plain.talking()
    await control(plain).transfer_outside(the_call(plain), ANNE.number, "maria")
    await hung_up(plain, maria)
    anne = await dialled(plain, ANNE.number)
    await hear_each_other(caller, anne)
    caller.leaves()
    await plain.all_is_free()


async def test_a_caller_in_the_menu_is_led_outside_and_it_counts_for_who_has_led_there(plain: PlainWorld) -> None:
    caller = await plain.greeted()
    await control(plain).transfer_outside(the_call(plain), ANNE.number, "maria")
    anne = await dialled(plain, ANNE.number)
    await hear_each_other(caller, anne)
    caller.leaves()
    await plain.all_is_free()
    (made,) = plain.here.appliance.calls.outside_since(plain.here.appliance.started)
    assert made.person == "maria"


async def test_what_may_not_be_called_is_refused_and_the_talk_goes_on(plain: PlainWorld) -> None:
    caller, maria = await plain.talking()
    for number, code in ((PARIS, "not-allowed"), ("911", "no-number"), ("private", "no-number")):
        with refused(code):  # Paris: nobody outside may call abroad at the office's cost.
            await control(plain).transfer_outside(the_call(plain), number, "maria")
    await hear_each_other(caller, maria)
    caller.leaves()
    await hung_up(plain, maria)
    await plain.all_is_free()


def inside_only(office: Office) -> Office:
    """Ruth may call nobody outside."""
    people = tuple(replace(one, service_class="inside") if one.id == "ruth" else one for one in office.people)
    return replace(office, people=people)


async def test_the_class_of_service_of_whoever_is_at_the_desk_counts() -> None:
    async with plain_world(inside_only) as plain:
        caller = await plain.greeted()
        with refused("not-allowed"):
            await control(plain).transfer_outside(the_call(plain), ANNE.number, "ruth")
        caller.leaves()
        await plain.all_is_free()


async def test_where_an_account_is_needed_the_telephone_has_to_be_used() -> None:
    def booked(office: Office) -> Office:
        classes = {"booked": replace(office.rights.called("mobile"), account=True)}
        return replace(office, rights=replace(office.rights, classes=classes, service_class="booked"))

    async with plain_world(booked) as plain:
        caller = await plain.greeted()
        with refused("account-needed"):
            await control(plain).transfer_outside(the_call(plain), ANNE.number, "")
        caller.leaves()
        await plain.all_is_free()
