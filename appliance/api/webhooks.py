"""Who is told what happens: the methods `webhooks.…`, and the topic `happened`, which the web's process passes on."""

from __future__ import annotations

from typing import Any, TypedDict
from urllib.parse import urlsplit

from appliance.clock import off_loop
from appliance.control.errors import ControlError
from appliance.control.params import Param
from appliance.control.server import ControlServer
from appliance.store.calllog import CallRecord
from appliance.store.disk import StoreFull
from appliance.store.lostcalls import LostCall
from appliance.store.webhooks import TooManyWebhooks, Webhook, WebhookStore
from appliance.unit import Unit
from hw.said import said, told_by

EVENTS = ("call-ended", "message-left", "lost-caller", "fault")
LONGEST_URL = 500


class WebhookShown(TypedDict):
    """An address that is told, without its secret."""

    id: str
    url: str
    events: list[str]


class Happened(TypedDict):
    """What the topic tells."""

    event: str
    """One of `EVENTS`."""
    about: dict[str, Any]


def offer_webhooks(control: ControlServer, unit: Unit, store: WebhookStore) -> None:
    """Put methods and topic on the socket."""
    known_faults = set(unit.trouble.now)

    async def listed(_params: dict[str, Any]) -> list[WebhookShown]:
        return [shown(one) for one in await off_loop(store.all)]

    async def everything(_params: dict[str, Any]) -> list[dict[str, Any]]:
        return [{**shown(one), "secret": one.secret} for one in await off_loop(store.all)]

    async def add(params: dict[str, Any]) -> dict[str, Any]:
        url, events = _checked(params["url"]), tuple(dict.fromkeys(params["events"]))
        if not events or not set(events) <= set(EVENTS):
            raise ControlError("not-understood", said("events are some of %(events)s", events=", ".join(EVENTS)))
        try:
            new = await off_loop(store.add, url, events)
        except TooManyWebhooks:
            raise ControlError(
                "too-many", said("there are as many addresses as there may be: remove one first")
            ) from None
        except StoreFull as error:
            raise ControlError("disk-full", told_by(error)) from error
        return {**shown(new), "secret": new.secret}

    async def remove(params: dict[str, Any]) -> None:
        if not await off_loop(store.remove, params["id"]):
            raise ControlError("no-such-webhook", "there is no such address")

    def call_ended(record: CallRecord) -> None:
        about = {
            "call": record.id,
            "direction": record.direction,
            "number": record.caller_number if record.direction == "in" else record.called,
            "name": record.caller_name,
            "reached": record.reached,
            "outcome": record.outcome,
            "began": unit.office.local(record.started).isoformat(),
            "seconds": (record.ended - record.started).total_seconds() if record.ended is not None else None,
        }
        control.publish("happened", Happened(event="call-ended", about=about))
        if record.outcome == "message-left":
            control.publish("happened", Happened(event="message-left", about=about))

    def caller_lost(lost: LostCall) -> None:
        at = unit.office.local(lost.at).isoformat()
        about = {"call": lost.call, "number": lost.number, "name": lost.name, "wanted": lost.wanted, "at": at}
        control.publish("happened", Happened(event="lost-caller", about=about))

    def changed() -> None:
        nonlocal known_faults
        now = set(unit.trouble.now)
        for fault in unit.trouble.now:
            if fault not in known_faults:
                control.publish("happened", Happened(event="fault", about={"fault": fault}))
        known_faults = now

    control.method("webhooks.list", listed)
    control.method("webhooks.secrets", everything)
    control.method("webhooks.add", add, {"url": Param(str), "events": Param(list)})
    control.method("webhooks.remove", remove, {"id": Param(str)})
    control.topic("happened", dict)
    unit.switchboard.records.ended.subscribe(call_ended)
    unit.lost_callers.lost.subscribe(caller_lost)
    unit.trouble.changed.subscribe(changed)


def shown(webhook: Webhook) -> WebhookShown:
    """For whoever asks by the socket."""
    return WebhookShown(id=webhook.id, url=webhook.url, events=list(webhook.events))


def _checked(url: str) -> str:
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname, parts.port
    except ValueError:
        host = None
    if not host or parts.scheme not in ("http", "https") or len(url) > LONGEST_URL or not url.isascii():
        raise ControlError("not-understood", said("an address begins with http:// or https://"))
    if any(char <= " " for char in url) or parts.username is not None:
        raise ControlError("not-understood", said("an address has no spaces, and no name or password in it"))
    return url
