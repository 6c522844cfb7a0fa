"""Addresses elsewhere are told what happens: by POST, signed, again and again with growing pauses where they fail.

What waits to be sent is kept by the daemon until it was sent, and little of it: an address that is away for long misses
the oldest. Nothing of the unit waits for any of this.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import logging
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.error import HTTPError

from appliance.clock import RealClock
from appliance.control.client import ControlClient
from appliance.control.errors import ControlError

log = logging.getLogger(__name__)

PAUSES_S = (2.0, 10.0, 60.0, 300.0, 1800.0)
"""Before each further try; then it is given up."""
ANSWER_WITHIN_S = 10.0
THREADS = 4
"""So many addresses may be slow at once; of others what waits for them waits longer."""
AGAIN_AFTER_S = 1.0
"""How long after a lost daemon the next try to reach it comes."""


@dataclass(frozen=True, slots=True)
class Told:
    """What one address is told. id: stays the same when it is sent again."""

    id: str
    event: str
    body: bytes


class _Address:
    """One address. news: set when something may wait for it."""

    def __init__(self, id: str, url: str, secret: str) -> None:
        self.id = id
        self.url = url
        self.secret = secret
        self.news = asyncio.Event()


class WebhookSender:
    """Sends to all addresses. `run` as long as the server runs."""

    def __init__(self, socket: Path, pauses_s: tuple[float, ...] = PAUSES_S) -> None:
        self._socket = socket
        self._pauses = pauses_s
        self._clock = RealClock()
        self._addresses: dict[str, _Address] = {}
        self._sending: dict[str, asyncio.Task[None]] = {}
        self._threads = ThreadPoolExecutor(THREADS, "sends to an address")

    async def run(self) -> None:
        """Watch the daemon, and begin again whenever it has gone."""
        try:
            while True:
                with suppress(ControlError):
                    async with ControlClient(self._socket) as control:
                        async for _happened in control.watch("happened"):  # At once, too: something may wait already.
                            await self._look(control)
                await asyncio.sleep(AGAIN_AFTER_S)
        finally:
            for task in self._sending.values():
                task.cancel()
            await asyncio.gather(*self._sending.values(), return_exceptions=True)
            self._threads.shutdown(wait=False, cancel_futures=True)

    async def _look(self, control: ControlClient) -> None:
        """Something may wait for any address."""
        wanted = await control.call("webhooks.secrets")
        for id in self._sending.keys() - {one["id"] for one in wanted}:
            self._sending.pop(id).cancel()
            del self._addresses[id]
        for one in wanted:
            if one["id"] not in self._addresses:
                address = self._addresses[one["id"]] = _Address(one["id"], one["url"], one["secret"])
                self._sending[one["id"]] = asyncio.create_task(self._send_all(address), name="sends to an address")
            self._addresses[one["id"]].news.set()

    async def _send_all(self, address: _Address) -> None:
        while True:
            await address.news.wait()
            address.news.clear()
            with suppress(ControlError):  # The daemon has gone: once it is there again, there is news.
                while (told := await self._ask("webhooks.next", webhook=address.id)) is not None:
                    await self._send(address, told)

    async def _send(self, address: _Address, told: dict[str, Any]) -> None:
        """Send one thing once. Where that fails, wait before the next try; behind the last it is given up."""
        stamp = str(int(self._clock.now().timestamp()))
        what = Told(told["serial"], told["event"], told["body"].encode())
        wrong = await asyncio.get_running_loop().run_in_executor(self._threads, post, address, what, stamp)
        if wrong and told["tries"] < len(self._pauses):
            await self._ask("webhooks.failed", id=told["id"])
            await asyncio.sleep(self._pauses[told["tries"]])
            return
        if wrong:
            log.warning("an address was not told of %s: %s", what.event, wrong)
        await self._ask("webhooks.delivered", id=told["id"])

    async def _ask(self, method: str, **params: Any) -> Any:
        async with ControlClient(self._socket) as control:
            return await control.call(method, **params)


def signature(secret: str, stamp: str, body: bytes) -> str:
    """HMAC-SHA256 over the time and what is sent, as hexadecimal digits. Who gets it makes the same and compares."""
    return hmac.new(secret.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Nobody else gets what was meant for one address."""

    def redirect_request(self, *_args: Any) -> None:
        return None


_OPENER = urllib.request.build_opener(_NoRedirect, urllib.request.ProxyHandler({}))


def post(address: _Address, told: Told, stamp: str) -> str:
    """Send it once. Why it failed; empty: it did not. Blocks."""
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "Copperdesk",
        "Copperdesk-Event": told.event,
        "Copperdesk-Id": told.id,
        "Copperdesk-Time": stamp,
        "Copperdesk-Signature": f"sha256={signature(address.secret, stamp, told.body)}",
    }
    request = urllib.request.Request(address.url, told.body, headers, method="POST")
    try:
        with _OPENER.open(request, timeout=ANSWER_WITHIN_S):
            return ""
    except HTTPError as error:
        return f"it answered {error.code}"
    except (OSError, HTTPException, ValueError) as error:
        return type(error).__name__
