"""Callers who got nobody: the methods `lost.…`. `lost.call_back` rings a telephone first, and then the caller."""

from __future__ import annotations

from typing import Any, TypedDict

from appliance.api.livecalls import refusals
from appliance.calls.lostcallers import LostCaller
from appliance.control.errors import ControlError
from appliance.control.local import Offers
from appliance.control.params import Param
from appliance.office.mailboxowner import MailboxOwner
from appliance.unit import Unit
from hw.said import said


class LostCallerShown(TypedDict):
    """One caller with all calls."""

    id: str
    """The id of the last call."""
    number: str
    """As the line gave it, `private` or `unavailable`."""
    name: str
    """The contact's, or what the line gave."""
    wanted: str
    """The id of the person or department that was called; empty: nobody in particular."""
    last: str
    """When the last call began, in ISO 8601 on the office's clock."""
    got_to: str
    """How far it came."""
    calls: int
    """How many there were."""
    call_back: bool
    """The caller asks to be called back."""


def offer_lost(control: Offers, unit: Unit) -> None:
    """Put the methods on the socket. `for`: the id of a person or department; without it, everybody's."""

    def owner(id: str) -> MailboxOwner | None:
        if not id:
            return None
        found = unit.office.person(id) or unit.office.department(id)
        if found is None:
            raise ControlError(
                "not-found", said("there is neither a person nor a department with the id '%(id)s'", id=id)
            )
        return found

    async def listed(params: dict[str, Any]) -> list[LostCallerShown]:
        callers = await unit.lost_callers.waiting_for(owner(params["for"]), unit.office)
        return [shown(caller, unit) for caller in callers]

    async def waiting(id: str) -> LostCaller:
        for caller in await unit.lost_callers.waiting_for(None, unit.office):
            if id in {call.call for call in caller.calls}:
                return caller
        raise ControlError("not-found", said("no caller with the call '%(id)s' waits: it may be done already", id=id))

    async def done(params: dict[str, Any]) -> LostCallerShown:
        caller = await waiting(params["id"])
        await unit.lost_callers.done(caller)
        return shown(caller, unit)

    async def undone(params: dict[str, Any]) -> None:
        if not await unit.lost_callers.undone(params["id"]):
            raise ControlError("not-found", said("this caller was not ticked off"))

    async def call_back(params: dict[str, Any]) -> None:
        with refusals():
            unit.call_control.call_back((await waiting(params["id"])).number, params["telephone"])

    control.method("lost.list", listed, {"for": Param(str, "")})
    control.method("lost.done", done, {"id": Param(str)})
    control.method("lost.undone", undone, {"id": Param(str)})
    control.method("lost.call_back", call_back, {"id": Param(str), "telephone": Param(str)})


def shown(caller: LostCaller, unit: Unit) -> LostCallerShown:
    """For whoever asks by the socket."""
    last = caller.last
    contact = unit.contacts.who(caller.number) if caller.number else None
    return LostCallerShown(
        id=caller.id,
        number=last.number,
        name=contact.name if contact is not None else last.name,
        wanted=last.wanted,
        last=unit.office.local(last.at).isoformat(),
        got_to=last.got_to,
        calls=len(caller.calls),
        call_back=caller.call_back,
    )
