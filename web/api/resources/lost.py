"""Callers who got nobody."""

from __future__ import annotations

from typing import Any

from appliance.control.errors import ControlError
from web.api.field import flag, record, several, text, whole
from web.api.operation import Asked, Operation
from web.unit import ask

_CALLER = record(
    id=text("The id of the last call."),
    number=text(),
    name=text(),
    wanted=text("The id of the person or department that was called; empty: nobody in particular."),
    last=text("When the last call began."),
    got_to=text("How far it came."),
    calls=whole("How many there were."),
    call_back=flag("The caller asks to be called back."),
)


def listed(asked: Asked) -> dict[str, Any]:
    return {"callers": [_told(one) for one in ask("lost.list", **{"for": asked.token.person})]}


def done(asked: Asked) -> Any:
    if asked.token.person:
        mine = {one["id"] for one in ask("lost.list", **{"for": asked.token.person})}
        if asked.path["id"] not in mine:
            raise ControlError("not-found", "no caller with this call waits: it may be done already")
    return _told(ask("lost.done", id=asked.path["id"]))


def _told(caller: dict[str, Any]) -> dict[str, Any]:
    return {name: caller[name] for name in _CALLER.fields}


OPERATIONS = [
    Operation(
        *("GET", "/lost-callers", "lost", "listLostCallers", "Those who wait to be called back, the oldest first."),
        *(listed, record(callers=several(_CALLER))),
    ),
    Operation(
        *("POST", "/lost-callers/{id}/done", "lost", "settleLostCaller"),
        *("Nobody need call this one any more.", done, _CALLER),
        variables={"id": "The id of one of the caller's calls."},
    ),
]
