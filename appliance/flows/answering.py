"""What can be done with a message besides keeping and deleting it: answer it, forward it, mark it as new."""

from __future__ import annotations

from appliance.calls.call import Call
from appliance.calls.mail import Message
from appliance.flows.keys import choose_key
from appliance.flows.lostcallers import call_back
from appliance.flows.sending import forward_message, send_message
from appliance.flows.visit import Then, Visit
from appliance.office.departments import Department
from appliance.office.destination import Destination, ToDepartment, ToPerson
from appliance.office.model import Person
from appliance.office.phrase import phrase


async def choose_for(call: Call, visit: Visit, message: Message) -> Destination | Then | None:
    """Offer all there is. Returns where the call goes on, or what comes next; None: back to this message."""
    while key := await choose_key(call, "1234*", phrase("message-choices")):
        match key:
            case "1":
                return await answer(call, visit, message)
            case "2" if message.private:
                await call.caller.play(phrase("private-not-forwarded"))
            case "2":
                await forward_message(call, visit.owner, message)
                return None
            case "3":
                await call.mail.mark_new(message)
                await call.caller.play(phrase("marked-new"))
                return Then.NEXT
            case "4":
                await call.caller.play(phrase("listening-keys"), until_digit=True)
            case _:
                return None
    return None


async def answer(call: Call, visit: Visit, message: Message) -> Destination | None:
    """Call back, or send a message to a colleague. Returns whom to call."""
    sender = call.office.at_extension(message.caller_number)
    back = whom_to_call(call, sender, message)
    if sender is not None and sender.mailbox:
        match await choose_key(call, "12*", phrase("answer-menu", name=sender.name)):
            case "1":
                return back
            case "2":
                await send_message(call, visit.owner, [sender])
        return None
    if back is None:
        known = message.caller_number.removeprefix("+").isdecimal()
        await call.caller.play(phrase("may-not-call-back" if known else "no-number-to-answer"))
        return None
    return back if await choose_key(call, "1*", phrase("call-back-menu")) == "1" else None


def whom_to_call(call: Call, sender: Person | Department | None, message: Message) -> Destination | None:
    """Whom a telephone would reach that dials the caller's number; None where it may not be called.

    From outside nobody gets a line of the office by way of a mailbox.
    """
    match sender:
        case Person(id):
            return ToPerson(id)
        case Department(id):
            return ToDepartment(id)
    return call_back(call, message.caller_number)
