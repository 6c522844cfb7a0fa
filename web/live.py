"""What happens at this moment, told to open pages as server-sent events.

The daemon is asked once, however many pages are open: one watch of its topic `status` for all. A page that comes later
gets the whole state first. While the daemon is away, pages are told so, and the whole state again when it is back.
"""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from pathlib import Path
from typing import Any

from appliance.control.client import ControlClient
from appliance.control.errors import ControlError
from web.accounts import Account
from web.asgi import Receive, Scope, Send

AGAIN_AFTER_S = 1.0
"""How long after a lost daemon the next try to reach it comes."""
STILL_THERE_S = 15.0
"""After so long without an event a comment is sent, so that a broken connection is noticed on both sides."""
MOST_WAITING = 200
"""Events that may wait for one page; if more do, its stream ends, and the page begins a new one."""


class LiveEvents:
    """The streams of all open pages. `run` as long as the server runs."""

    def __init__(self, socket: Path) -> None:
        self._socket = socket
        self._state: dict[str, Any] | None = None
        self._pages: set[asyncio.Queue[str | None]] = set()

    async def run(self) -> None:
        """Watch the daemon, and begin again whenever it has gone."""
        while True:
            with suppress(ControlError):
                async with ControlClient(self._socket) as control:
                    async for event in control.watch("status"):
                        self._state = {**(self._state or {}), **event}
                        self._tell("status", event)
            if self._state is not None:
                self._state = None
                self._tell("away", {})
            await asyncio.sleep(AGAIN_AFTER_S)

    async def stream(self, _account: Account, _scope: Scope, _receive: Receive, send: Send) -> None:
        """Answer a page that wants to be told: until it goes."""
        waiting: asyncio.Queue[str | None] = asyncio.Queue(MOST_WAITING)
        headers = [(b"content-type", b"text/event-stream"), (b"cache-control", b"no-store")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        self._pages.add(waiting)
        try:
            waiting.put_nowait(event("away", {}) if self._state is None else event("status", self._state))
            while True:
                try:
                    told = await asyncio.wait_for(waiting.get(), STILL_THERE_S)
                except TimeoutError:
                    told = ": still there\n\n"
                if told is None:
                    return
                await send({"type": "http.response.body", "body": told.encode(), "more_body": True})
        finally:
            self._pages.discard(waiting)

    def _tell(self, kind: str, what: Any) -> None:
        text = event(kind, what)
        for page in list(self._pages):
            if page.full():
                self._pages.discard(page)
                page.get_nowait()
                page.put_nowait(None)
            else:
                page.put_nowait(text)


def event(kind: str, what: Any) -> str:
    """One server-sent event (HTML standard, section 9.2)."""
    return f"event: {kind}\ndata: {json.dumps(what, ensure_ascii=False)}\n\n"
