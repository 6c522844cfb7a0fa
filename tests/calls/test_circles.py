"""Nobody is sent round in circles: who presses nothing comes to an end, wherever menus and departments lead."""

from __future__ import annotations

from dataclasses import replace

from appliance.office.departments import Department, Member
from appliance.office.destination import MAIN_MENU, ToDepartment, ToMenu
from appliance.office.model import Office
from tests.calls.world import world


def from_menu_to_department_and_back(office: Office) -> Office:
    """Who presses nothing is led to sales, and whom nobody answers there back to the menu."""
    members = (Member("ruth", desk_only=True),)
    sales = Department("sales", "Sales", "201", members, longest_seconds=10, otherwise=ToMenu(MAIN_MENU))
    menu = replace(office.menu, waits=ToDepartment("sales"), silent_tries=1)
    return replace(office, departments=(sales,), menu=menu)


async def test_a_menu_and_a_department_that_lead_to_each_other_end_at_the_operator() -> None:
    async with world(from_menu_to_department_and_back) as here:
        caller = await here.greeted()
        await caller.hears("one-moment")
        await here.phone("fxs-3").rings()
        await caller.hears("connecting-operator", within=60)
        await caller.hears("leave-message", within=60)
        caller.hangs_up()
        await here.all_is_free()
        (record,) = here.appliance.calls.recent(10)
        assert [step.what for step in record.steps].count("to sales") == 1
