"""The messages of the person whose token it is, and nobody else's."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import Any

from web.api.field import flag, number, record, several, text, whole
from web.api.operation import Asked, Operation
from web.unit import ask

_MESSAGE = record(
    id=text(),
    state=text("new, saved or deleted."),
    number=text(),
    name=text(),
    received=text(),
    seconds=number(),
    urgent=flag(),
    private=flag(),
    text=text("The beginning of what was said, as a machine has written it down.", null=True),
)


def listed(asked: Asked) -> dict[str, Any]:
    found = ask("messages.list", person=asked.whose(), after=asked.query["after"])
    messages = [_told(one) for one in found["messages"]]
    return {"messages": messages, "next": found["next"], "total": found["total"]}


def sound(asked: Asked) -> Iterator[bytes]:
    """Fetched while it is sent. The first piece comes first, so that what is not there is refused."""
    whose, id = asked.whose(), asked.path["id"]
    first = ask("messages.sound", person=whose, id=id, at=0)

    def pieces() -> Iterator[bytes]:
        piece, at = base64.b64decode(first["piece"]), 0
        while piece:
            yield piece
            at += len(piece)
            piece = base64.b64decode(ask("messages.sound", person=whose, id=id, at=at)["piece"])

    return pieces()


def delete(asked: Asked) -> Any:
    return _told(ask("messages.delete", person=asked.whose(), id=asked.path["id"]))


def restore(asked: Asked) -> Any:
    return _told(ask("messages.restore", person=asked.whose(), id=asked.path["id"]))


def _told(message: dict[str, Any]) -> dict[str, Any]:
    return {name: message[name] for name in _MESSAGE.fields}


_ID = {"id": "The message's id."}

OPERATIONS = [
    Operation(
        *("GET", "/messages", "messages", "listMessages", "New messages, saved ones, then deleted ones.", listed),
        record(messages=several(_MESSAGE), next=whole("As `after` for the next ones."), total=whole()),
        query={"after": whole("Behind how many of them.", required=False, default=0, least=0, most=1e6)},
    ),
    Operation(
        *("GET", "/messages/{id}/sound", "messages", "getMessageSound", "The message as a WAV file.", sound, text()),
        variables=_ID,
        sound=True,
    ),
    Operation(
        *("DELETE", "/messages/{id}", "messages", "deleteMessage"),
        *("Deletes a message; it can be restored for a day.", delete, _MESSAGE),
        variables=_ID,
    ),
    Operation(
        *("POST", "/messages/{id}/restored", "messages", "restoreMessage"),
        *("Brings a deleted message back.", restore, _MESSAGE),
        variables=_ID,
    ),
]
