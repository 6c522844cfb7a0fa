"""Who is told what happens: the methods `webhooks.…`, and the topic `happened`.

What an address is to be told is kept here until the web's process has told it, so that nothing is lost while that
process, or the unit, begins anew.
"""

from __future__ import annotations

import asyncio
import json
from collections import deque
from contextlib import suppress
from datetime import datetime
from typing import Any, TypedDict
from urllib.parse import urlsplit

from appliance.clock import off_loop
from appliance.control.errors import ControlError
from appliance.control.params import Param
from appliance.control.server import ControlServer
from appliance.store.calllog import CallRecord
from appliance.store.deliveries import DeliveryStore
from appliance.store.disk import StoreFull
from appliance.store.lostcalls import LostCall
from appliance.store.webhooks import TooManyWebhooks, Webhook, WebhookStore
from appliance.unit import Unit
from hw.said import said, told_by

EVENTS = ("call-ended", "message-left", "fax-received", "lost-caller", "fault")
LONGEST_URL = 500
NOT_KEPT = said("what other addresses are to be told is not kept: the disk is full or failing")


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


class ToBeTold(TypedDict):
    """What an address is to be told next. id: for `webhooks.delivered` and `webhooks.failed`."""

    id: int
    serial: str
    """Stays the same when it is sent again, and is no other's."""
    event: str
    body: str
    """What is sent, as it is signed."""
    tries: int
    """How many have failed."""


class Happenings:
    """Keeps what happens for whoever wants to be told, in its order, and then tells the topic.

    `close` it before the store of deliveries.
    """

    def __init__(self, control: ControlServer, unit: Unit, store: WebhookStore, deliveries: DeliveryStore) -> None:
        self._control = control
        self._unit = unit
        self._store = store
        self._deliveries = deliveries
        self._closed = False
        self._choosing = asyncio.Lock()
        """Held while it is looked up who is to be told, and kept for them: nobody goes in between."""
        self._new: deque[tuple[datetime, Happened]] = deque()
        self._keeping: asyncio.Task[None] | None = None

    def add(self, event: str, about: dict[str, Any]) -> None:
        """It happens now. Nothing waits for the disk."""
        if self._closed:
            return
        self._new.append((self._unit.now(), Happened(event=event, about=about)))
        if self._keeping is None or self._keeping.done():
            self._keeping = asyncio.get_running_loop().create_task(self._keep(), name="keeps what happens")

    async def forget(self, webhook: str) -> bool:
        """Tell an address nothing more, not even what waits. Whether it was there."""
        async with self._choosing:
            there = await off_loop(self._store.remove, webhook)
            await off_loop(self._deliveries.forget, webhook)
        return there

    async def tidy(self) -> None:
        """Drop what waits for addresses that are gone: a power cut, or a backup put in place, may have left it."""
        with suppress(OSError):  # It waits on, and nobody is told of it.
            async with self._choosing:
                there = [one.id for one in await off_loop(self._store.all)]
                await off_loop(self._deliveries.forget_others, there)

    async def close(self) -> None:
        """Keep all there is, and nothing more."""
        self._closed = True
        if self._keeping is not None:
            await self._keeping

    async def _keep(self) -> None:
        while self._new:
            at, happened = self._new.popleft()
            try:
                async with self._choosing:
                    wanted = [one.id for one in await off_loop(self._store.all) if happened["event"] in one.events]
                    if wanted:
                        body = json.dumps({**happened, "at": at.isoformat()}, ensure_ascii=False)
                        await off_loop(self._deliveries.add, wanted, at, happened["event"], body)
            except OSError:
                self._unit.trouble.report(NOT_KEPT)
            self._control.publish("happened", happened)


def offer_webhooks(control: ControlServer, unit: Unit, store: WebhookStore, deliveries: DeliveryStore) -> Happenings:
    """Put methods and topic on the socket. Returns what is to be closed before `deliveries`."""
    happenings = Happenings(control, unit, store, deliveries)
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
        try:
            there = await happenings.forget(params["id"])
        except OSError as error:
            raise ControlError("disk-full", told_by(error)) from error
        if not there:
            raise ControlError("no-such-webhook", "there is no such address")

    async def next_one(params: dict[str, Any]) -> ToBeTold | None:
        found = await off_loop(deliveries.next, params["webhook"])
        if found is None:
            return None
        serial = f"{found.at:%Y%m%d%H%M%S}-{found.id}"
        return ToBeTold(id=found.id, serial=serial, event=found.event, body=found.body, tries=found.tries)

    async def delivered(params: dict[str, Any]) -> None:
        await off_loop(deliveries.done, params["id"])

    async def failed(params: dict[str, Any]) -> None:
        await off_loop(deliveries.failed, params["id"])

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
        happenings.add("call-ended", about)
        if record.outcome in ("message-left", "fax-received"):
            happenings.add(record.outcome, about)

    def caller_lost(lost: LostCall) -> None:
        at = unit.office.local(lost.at).isoformat()
        about = {"call": lost.call, "number": lost.number, "name": lost.name, "wanted": lost.wanted, "at": at}
        happenings.add("lost-caller", about)

    def changed() -> None:
        nonlocal known_faults
        now = set(unit.trouble.now)
        for fault in unit.trouble.now:
            if fault not in known_faults:
                happenings.add("fault", {"fault": fault})
        known_faults = now

    control.method("webhooks.list", listed)
    control.method("webhooks.secrets", everything)
    control.method("webhooks.add", add, {"url": Param(str), "events": Param(list)})
    control.method("webhooks.remove", remove, {"id": Param(str)})
    control.method("webhooks.next", next_one, {"webhook": Param(str)})
    control.method("webhooks.delivered", delivered, {"id": Param(int)})
    control.method("webhooks.failed", failed, {"id": Param(int)})
    control.topic("happened", dict)
    unit.switchboard.records.ended.subscribe(call_ended)
    unit.lost_callers.lost.subscribe(caller_lost)
    unit.trouble.changed.subscribe(changed)
    return happenings


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
