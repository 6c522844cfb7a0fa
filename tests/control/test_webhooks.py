"""What addresses elsewhere are to be told is kept until they were told it, whatever begins anew meanwhile."""

from __future__ import annotations

import asyncio
import errno
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from appliance.api.webhooks import offer_webhooks
from appliance.calls.faults import Faults
from appliance.calls.signal import Signal
from appliance.control.client import ControlClient
from appliance.control.errors import ControlError
from appliance.control.server import ControlServer
from appliance.store.deliveries import MOST_WAITING, DeliveryStore
from appliance.store.disk import StoreFull
from appliance.store.webhooks import WebhookStore
from web.webhooks import WebhookSender

pytestmark = pytest.mark.real_time

NOON = datetime(2026, 3, 9, 12, tzinfo=UTC)


@asynccontextmanager
async def daemon(folder: Path) -> AsyncIterator[tuple[Path, Faults]]:
    """What of a unit the methods need, on a socket. Its path, and the faults of the unit."""
    faults, store = Faults(), DeliveryStore.open(folder / "deliveries.sqlite")
    unit: Any = SimpleNamespace(
        trouble=faults,
        switchboard=SimpleNamespace(records=SimpleNamespace(ended=Signal())),
        lost_callers=SimpleNamespace(lost=Signal()),
        now=lambda: NOON,
    )
    control = ControlServer(folder / "control.sock")
    happenings = offer_webhooks(control, unit, WebhookStore(folder / "webhooks.json"), store)
    await happenings.tidy()
    await control.start()
    yield folder / "control.sock", faults
    await control.close()
    await happenings.close()
    store.close()


class ToldAddress:
    """What an address was told: id and fault."""

    def __init__(self) -> None:
        self.all: list[tuple[str, str]] = []
        self._more = asyncio.Event()

    def add(self, id: str, fault: str) -> None:
        self.all.append((id, fault))
        self._more.set()

    async def until(self, number: int) -> None:
        """Wait until it was told so often."""
        async with asyncio.timeout(20):
            while len(self.all) < number:
                self._more.clear()
                await self._more.wait()


@asynccontextmanager
async def address(answers: list[int]) -> AsyncIterator[tuple[str, ToldAddress]]:
    """An address that answers so, in this order, and then 200. Its URL, and what it was told."""
    told = ToldAddress()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
        fields = dict(line.split(": ", 1) for line in head.splitlines() if ": " in line)
        body = (await reader.readexactly(int(fields["content-length"]))).decode()
        told.add(fields["copperdesk-id"], body.split('"fault": "')[1].split('"')[0])
        writer.write(b"HTTP/1.1 %d X\r\nContent-Length: 0\r\n\r\n" % (answers.pop(0) if answers else 200))
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/told", told
    server.close()


async def test_what_waits_outlasts_a_restart_and_is_sent_in_its_order(tmp_path: Path) -> None:
    async with address([503, 503]) as (url, told):
        async with daemon(tmp_path) as (socket, faults), ControlClient(socket) as control:
            await control.call("webhooks.add", url=url, events=["fault"])
            faults.report("first")
            faults.report("second")
        async with daemon(tmp_path) as (socket, faults):
            sending = asyncio.create_task(WebhookSender(socket, (0.01, 0.01)).run())
            await told.until(4)
            faults.report("third")
            await told.until(5)
            sending.cancel()
            await asyncio.gather(sending, return_exceptions=True)
    assert [fault for _id, fault in told.all] == ["first", "first", "first", "second", "third"]
    assert len({id for id, _fault in told.all}) == 3  # What came again has the same.


async def test_what_is_given_up_is_not_sent_again(tmp_path: Path) -> None:
    async with address([503] * 3) as (url, told), daemon(tmp_path) as (socket, faults):
        async with ControlClient(socket) as control:
            await control.call("webhooks.add", url=url, events=["fault"])
        sending = asyncio.create_task(WebhookSender(socket, (0.01, 0.01)).run())
        faults.report("first")
        await told.until(3)
        faults.report("second")
        await told.until(4)
        sending.cancel()
        await asyncio.gather(sending, return_exceptions=True)
    assert [fault for _id, fault in told.all] == ["first"] * 3 + ["second"]


async def test_nothing_stays_of_an_address_that_is_removed_while_something_happens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen, removed, added = threading.Event(), threading.Event(), threading.Event()
    add = DeliveryStore.add

    def add_late(store: DeliveryStore, *what: Any) -> None:
        chosen.set()
        removed.wait(0.1)  # Whoever removes it has to wait until it is kept.
        add(store, *what)
        added.set()

    monkeypatch.setattr(DeliveryStore, "add", add_late)
    async with daemon(tmp_path) as (socket, faults), ControlClient(socket) as control:
        there = await control.call("webhooks.add", url="http://127.0.0.1:9/told", events=["fault"])
        faults.report("first")
        await asyncio.get_running_loop().run_in_executor(None, chosen.wait)
        await control.call("webhooks.remove", id=there["id"])
        removed.set()
        await asyncio.get_running_loop().run_in_executor(None, added.wait)
        assert await control.call("webhooks.next", webhook=there["id"]) is None


async def test_what_waits_for_an_address_that_is_gone_is_dropped_at_the_start(tmp_path: Path) -> None:
    async with daemon(tmp_path) as (socket, _faults), ControlClient(socket) as control:
        there = await control.call("webhooks.add", url="http://127.0.0.1:9/told", events=["fault"])
    store = DeliveryStore.open(tmp_path / "deliveries.sqlite")
    store.add([there["id"], "gone"], NOON, "fault", "{}")
    store.close()
    async with daemon(tmp_path) as (socket, _faults), ControlClient(socket) as control:
        assert await control.call("webhooks.next", webhook=there["id"]) is not None
        assert await control.call("webhooks.next", webhook="gone") is None


async def test_a_disk_that_fails_while_an_address_is_removed_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_store: DeliveryStore, _webhook: str) -> None:
        raise StoreFull(errno.ENOSPC, "the disk is full")

    monkeypatch.setattr(DeliveryStore, "forget", full)
    async with daemon(tmp_path) as (socket, _faults), ControlClient(socket) as control:
        there = await control.call("webhooks.add", url="http://127.0.0.1:9/told", events=["fault"])
        with pytest.raises(ControlError, match="the disk is full") as refused:
            await control.call("webhooks.remove", id=there["id"])
    assert refused.value.code == "disk-full"


def test_an_address_that_is_away_for_long_misses_the_oldest(tmp_path: Path) -> None:
    store = DeliveryStore.open(tmp_path / "deliveries.sqlite")
    for number in range(MOST_WAITING + 5):
        store.add(["a"], NOON + timedelta(seconds=number), "fault", str(number))
    store.add(["a", "b"], NOON, "fault", "last")
    first = store.next("a")
    assert first is not None
    assert (first.body, first.tries) == ("6", 0)
    store.failed(first.id)
    store.close()
    store = DeliveryStore.open(tmp_path / "deliveries.sqlite")
    again = store.next("a")
    assert again is not None
    assert (again.body, again.tries) == ("6", 1)
    store.forget("a")
    assert (store.next("a"), store.next("c")) == (None, None)
    other = store.next("b")
    assert other is not None
    store.done(other.id)
    assert store.next("b") is None
    store.close()
