"""Addresses elsewhere are told what happens: by POST, signed, again and again with growing pauses where they fail.

What waits to be sent is in memory, and little of it: an address that is away for long misses the oldest. Nothing of the
unit waits for any of this.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
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
MOST_WAITING = 100
"""For one address."""
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
    """One address, and what waits for it."""

    def __init__(self, url: str, secret: str) -> None:
        self.url = url
        self.secret = secret
        self.waiting: asyncio.Queue[Told] = asyncio.Queue(MOST_WAITING)


class WebhookSender:
    """Sends to all addresses. `run` as long as the server runs."""

    def __init__(self, socket: Path, pauses_s: tuple[float, ...] = PAUSES_S) -> None:
        self._socket = socket
        self._pauses = pauses_s
        self._clock = RealClock()
        self._addresses: dict[str, _Address] = {}
        self._sending: dict[str, asyncio.Task[None]] = {}
        self._serial = 0
        self._threads = ThreadPoolExecutor(THREADS, "sends to an address")

    async def run(self) -> None:
        """Watch the daemon, and begin again whenever it has gone."""
        try:
            while True:
                with suppress(ControlError):
                    async with ControlClient(self._socket) as control:
                        async for happened in control.watch("happened"):
                            if happened:
                                await self._tell(control, happened)
                await asyncio.sleep(AGAIN_AFTER_S)
        finally:
            for task in self._sending.values():
                task.cancel()
            await asyncio.gather(*self._sending.values(), return_exceptions=True)
            self._threads.shutdown(wait=False, cancel_futures=True)

    async def _tell(self, control: ControlClient, happened: dict[str, Any]) -> None:
        wanted = await control.call("webhooks.secrets")
        there = {one["id"] for one in wanted}
        for id in self._sending.keys() - there:
            self._sending.pop(id).cancel()
            del self._addresses[id]
        self._serial += 1
        for one in wanted:
            if happened["event"] not in one["events"]:
                continue
            if one["id"] not in self._addresses:
                address = self._addresses[one["id"]] = _Address(one["url"], one["secret"])
                self._sending[one["id"]] = asyncio.create_task(self._send_all(address), name="sends to an address")
            queue = self._addresses[one["id"]].waiting
            if queue.full():
                queue.get_nowait()
            at = self._clock.now()
            body = json.dumps({**happened, "at": at.isoformat()}, ensure_ascii=False).encode()
            queue.put_nowait(Told(f"{at:%Y%m%d%H%M%S}-{self._serial}", happened["event"], body))

    async def _send_all(self, address: _Address) -> None:
        while True:
            told = await address.waiting.get()
            for pause in (*self._pauses, None):
                stamp = str(int(self._clock.now().timestamp()))
                wrong = await asyncio.get_running_loop().run_in_executor(self._threads, post, address, told, stamp)
                if not wrong:
                    break
                if pause is None:
                    log.warning("an address was not told of %s: %s", told.event, wrong)
                    break
                await asyncio.sleep(pause)


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
