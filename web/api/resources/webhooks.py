"""Addresses that are told what happens."""

from __future__ import annotations

from typing import Any

from web.api.field import record, several, text
from web.api.operation import Asked, Operation
from web.unit import ask

EVENTS = ("call-ended", "message-left", "fax-received", "lost-caller", "fault")

_FIELDS = {"id": text(), "url": text(), "events": several(text())}
_SECRET = text("What is told is signed with it (HMAC-SHA256). It is shown this once.")


def listed(_asked: Asked) -> dict[str, Any]:
    return {"webhooks": ask("webhooks.list")}


def add(asked: Asked) -> Any:
    return ask("webhooks.add", by=asked.token.name, url=asked.body["url"], events=asked.body["events"])


def remove(asked: Asked) -> dict[str, Any]:
    ask("webhooks.remove", by=asked.token.name, id=asked.path["id"])
    return {"id": asked.path["id"]}


OPERATIONS = [
    Operation(
        *("GET", "/webhooks", "webhooks", "listWebhooks", "The addresses that are told what happens.", listed),
        record(webhooks=several(record(**_FIELDS))),
    ),
    Operation(
        *("POST", "/webhooks", "webhooks", "addWebhook", "Has one more address be told.", add),
        record(**_FIELDS, secret=_SECRET),
        body={
            "url": text("Where it is sent to, by POST.", longest=500),
            "events": several(text(choices=EVENTS), "What it is told of.", longest=len(EVENTS)),
        },
    ),
    Operation(
        *("DELETE", "/webhooks/{id}", "webhooks", "removeWebhook", "Has an address be told no more.", remove),
        record(id=text()),
        variables={"id": "Its id."},
    ),
]
