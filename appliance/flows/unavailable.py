"""What callers of somebody hear who does not want to be disturbed, and whom they may reach instead."""

from __future__ import annotations

from appliance.calls.call import Call
from appliance.calls.mail import OwnRecording
from appliance.flows.codebegun import begun
from appliance.office.destination import Destination, ToOperator, ToPerson
from appliance.office.model import Person
from appliance.office.numbers import OPERATOR_KEY
from appliance.office.phrase import Digits, Recorded, Sayable, phrase


async def unavailable_greeting(call: Call, person: Person) -> list[Sayable]:
    """The person's own, or the standard one; then who helps, where the person has an assistant."""
    own = await call.mail.own(person.id, OwnRecording.UNAVAILABLE)
    said: list[Sayable] = [phrase("cannot-take-calls", name=person.name)]
    if own is not None and await call.playable(Recorded(own)):
        said = [Recorded(own)]
    if (assistant := assistant_of(call, person)) is not None:
        said.append(phrase("for-help-dial", extension=Digits(assistant.extension)))
    return said


async def help_dialled(call: Call, person: Person) -> Destination | None:
    """The assistant or the operator, where the caller has dialled either during the greeting."""
    assistant = assistant_of(call, person)
    if assistant is None:
        return None
    return await begun(call, {assistant.extension: ToPerson(assistant.id), OPERATOR_KEY: ToOperator()})


def assistant_of(call: Call, person: Person) -> Person | None:
    """Whom callers are told of; nobody whom callers of this company do not reach."""
    assistant = call.office.person(person.assistant) if person.assistant else None
    return assistant if assistant in call.office.known_to(call.company.id) else None
