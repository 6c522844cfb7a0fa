"""The one forwarding path: however a call comes to a person, or to the operator, this is what happens."""

from __future__ import annotations

from appliance.calls.call import Call
from appliance.calls.greetingchoice import Came
from appliance.calls.outcome import Outcome
from appliance.calls.party import Party
from appliance.calls.reaching import HandedOver, Reached, Unreached, Why
from appliance.calls.trunk import TrunkLine
from appliance.calls.waiting import Pressed
from appliance.flows.looking import TO_MESSAGE, TO_OPERATOR, look_for, note_left_out
from appliance.flows.talk import talk
from appliance.flows.voicemail import leave_message
from appliance.office.model import Person
from appliance.office.phrase import phrase


async def reach(call: Call, person: Person) -> Outcome:
    """Look for the person by all that the person's own rules say; where nobody is found, take a message."""
    call.wants(person.extension)
    search = call.finder.person(person)
    note_left_out(call, search)
    if search.not_disturbed:
        return await leave_message(call, person, came=Came.NOT_DISTURBED)
    if search.rings_nothing:
        return await leave_message(call, person)
    await call.caller.play(phrase("one-moment"))
    found = await look_for(call, search)
    match found:
        case Party() | HandedOver():
            return await connect(call, person.id, found)
        case Pressed(key) if key == TO_OPERATOR:
            return await reach_operator(call)
        case Pressed():
            return await leave_message(call, person)
        case Unreached(Why.DECLINED):
            return await decline(call)
        case Unreached(cause) if call.returns_to is not None and cause is not Why.TO_VOICEMAIL:
            return await back_to_operator(call, person)
        case Unreached(Why.BUSY):
            return await leave_message(call, person, came=Came.BUSY)
        case _:
            return await leave_message(call, person, came=Came.NO_ANSWER)


async def reach_operator(call: Call) -> Outcome:
    """Look for the operators, one after the other; then take a message for the office."""
    search = call.finder.operator(call.company)
    note_left_out(call, search)
    operator = call.office.person(call.company.operator)
    call.wants(operator.extension if operator is not None else "")
    if not search.rings_nothing:
        await call.caller.play(phrase("connecting-operator"))
        found = await look_for(call, search, keys=TO_MESSAGE)
        if isinstance(found, Party | HandedOver):
            await connect(call, call.company.operator, found)
            return Outcome.OPERATOR
        if found == Unreached(Why.DECLINED):
            return await decline(call)
    return await leave_message(call, None, phrase("nobody-available"))


async def connect(call: Call, person: str, found: Party | HandedOver) -> Outcome:
    """Let the two talk, until one of them leaves or is transferred. person: the id of whoever was looked for."""
    call.record.reached(found.person or person)
    if isinstance(found, HandedOver):
        if found.until_over is not None:
            await found.until_over()
        return Outcome.FORWARDED
    outside = isinstance(found.line, TrunkLine)
    return await talk(call, found) or (Outcome.FORWARDED if outside else Outcome.CONNECTED)


async def decline(call: Call) -> Outcome:
    """Turn the caller away, as somebody has said who was told who calls."""
    await call.caller.play(phrase("call-refused"), phrase("goodbye"))
    return Outcome.BLOCKED


async def back_to_operator(call: Call, person: Person) -> Outcome:
    """Ring the operator again who transferred the caller to somebody who does not answer."""
    operator, call.returns_to = call.returns_to, None
    assert operator is not None
    call.record.step(f"returned: {person.name} did not answer")
    await call.caller.play(phrase("connecting-operator-again", name=person.name))
    found: Reached | Pressed = await look_for(
        call, call.finder.desk(operator, f"returned: {person.name}"), keys=TO_MESSAGE
    )
    if isinstance(found, Party | HandedOver):
        await connect(call, operator.id, found)
        return Outcome.OPERATOR
    return await leave_message(call, person, came=Came.NO_ANSWER)
