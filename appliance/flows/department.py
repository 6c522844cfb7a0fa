"""A department: its members are rung by its strategy, and where nobody answers it says what then."""

from __future__ import annotations

from appliance.calls.call import Call
from appliance.calls.greetingchoice import Came
from appliance.calls.outcome import Outcome
from appliance.calls.party import Party
from appliance.calls.reaching import HandedOver, Unreached, Why
from appliance.calls.waiting import Pressed
from appliance.flows.looking import TO_OPERATOR, look_for, note_left_out
from appliance.flows.person import connect, decline, reach_operator
from appliance.flows.voicemail import leave_message
from appliance.office.departments import Department
from appliance.office.destination import ToDepartment
from appliance.office.phrase import phrase


async def reach_department(call: Call, department: Department) -> Outcome:
    """Look for somebody of the department."""
    call.wants(department.extension)
    call.departments.add(department.id)
    search = call.finder.department(department)
    note_left_out(call, search)
    if not search.rings_nothing:
        await call.caller.play(phrase("one-moment"))
        match await look_for(call, search):
            case (Party() | HandedOver()) as found:
                return await connect(call, department.id, found)
            case Pressed(key):
                return await (reach_operator(call) if key == TO_OPERATOR else message_for(call, department))
            case Unreached(Why.DECLINED):
                return await decline(call)
    otherwise = department.otherwise
    if otherwise is None or (isinstance(otherwise, ToDepartment) and otherwise.department in call.departments):
        return await message_for(call, department, Came.NO_ANSWER)
    return await call.follow(otherwise)


async def message_for(call: Call, department: Department, came: Came = Came.DIRECTLY) -> Outcome:
    """Take a message for the department; for the office, where it has no mailbox."""
    return await leave_message(call, department, came=came)
