"""What happens at this moment, told to open pages as server-sent events.

The daemon is asked once, however many pages are open: one watch of its topic `status` for all. A page that comes later
gets the whole state first. While the daemon is away, pages are told so, and the whole state again when it is back.

A stream tells `hello` with the account it is for, then `status` with the whole state and with each change of it, or
`away`; `beat` when nothing has happened for a while; and `again` at its end, as each stream ends after some time, so
that who has no session any more, or another role, does not go on listening.
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
from web.roles import OFFICE

AGAIN_AFTER_S = 1.0
"""How long after a lost daemon the next try to reach it comes."""
BEAT_S = 5.0
"""After so long without an event a beat is sent, so that a broken connection is noticed on both sides."""
STREAM_LASTS_S = 60.0
"""How long a stream lasts; the page begins a new one, for which its session is looked up again."""
MOST_WAITING = 200
"""Events that may wait for one page; if more do, its stream ends, and the page begins a new one."""

FOR_EVERYBODY = ("office", "night")
"""What a person's own pages may know of the office."""
OF_ONE_PERSON = ("mailboxes", "people")
"""Lists of which a person's own pages know what is about that person."""


class Viewer:
    """An open page: what waits to be sent to it."""

    def __init__(self, account: Account) -> None:
        self.account = account
        self.over = False
        """Nothing more is sent behind what waits."""
        self._waiting: asyncio.Queue[str] = asyncio.Queue()

    def tell(self, text: str) -> None:
        if self._waiting.qsize() < MOST_WAITING:
            self._waiting.put_nowait(text)
        else:
            self.end()

    def end(self) -> None:
        if not self.over:
            self.over = True
            self._waiting.put_nowait(event("again", {}))

    async def next(self, seconds: float) -> str:
        """What is to be sent next; a beat if nothing comes within so many seconds."""
        try:
            return await asyncio.wait_for(self._waiting.get(), seconds)
        except TimeoutError:
            return event("beat", {})

    @property
    def all_sent(self) -> bool:
        return self.over and self._waiting.empty()


class LiveEvents:
    """The streams of all open pages. `run` as long as the server runs."""

    def __init__(self, socket: Path) -> None:
        self._socket = socket
        self._state: dict[str, Any] | None = None
        self._viewers: set[Viewer] = set()

    @property
    def state(self) -> dict[str, Any] | None:
        """That of the unit; None while the daemon is away. It is never changed, but replaced."""
        return self._state

    async def run(self) -> None:
        """Watch the daemon, and begin again whenever it has gone."""
        while True:
            with suppress(ControlError):
                async with ControlClient(self._socket) as control:
                    async for news in control.watch("status"):
                        self._state = {**(self._state or {}), **news}
                        self._changed(news)
            if self._state is not None:
                self._state = None
                for viewer in self._viewers:
                    viewer.tell(event("away", {}))
            await asyncio.sleep(AGAIN_AFTER_S)

    async def stream(self, account: Account, _scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a page that wants to be told: until it goes, or its time is over."""
        headers = [(b"content-type", b"text/event-stream"), (b"cache-control", b"no-store")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        viewer = Viewer(account)
        gone = asyncio.create_task(_until_gone(receive, viewer), name="a page is open")
        over = asyncio.get_running_loop().call_later(STREAM_LASTS_S, viewer.end)
        viewer.tell(event("hello", {"account": account.name}))
        viewer.tell(event("away", {}) if self._state is None else event("status", seen_by(account, self._state)))
        self._viewers.add(viewer)
        try:
            while not viewer.all_sent:
                told = await viewer.next(BEAT_S)
                await send({"type": "http.response.body", "body": told.encode(), "more_body": True})
        finally:
            self._viewers.discard(viewer)
            over.cancel()
            gone.cancel()
        await send({"type": "http.response.body", "body": b""})

    async def now(self, account: Account, _scope: Scope, _receive: Receive, send: Send) -> None:
        """The state once, as JSON, for browsers that cannot share a stream. `status`: null while the daemon is away."""
        seen = None if self._state is None else seen_by(account, self._state)
        told = json.dumps({"account": account.name, "status": seen}, ensure_ascii=False)
        headers = [(b"content-type", b"application/json"), (b"cache-control", b"no-store")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": told.encode()})

    def _changed(self, news: dict[str, Any]) -> None:
        """Tell every page what it may see of this. What several see alike is written once."""
        written: dict[str | None, str] = {}
        for viewer in self._viewers:
            view = None if viewer.account.role in OFFICE else viewer.account.person
            if view not in written:
                seen = seen_by(viewer.account, news)
                written[view] = event("status", seen) if seen else ""
            if written[view]:
                viewer.tell(written[view])


def seen_by(account: Account, news: dict[str, Any]) -> dict[str, Any]:
    """What this account may see of the state, or of a change: a person sees what is its own."""
    if account.role in OFFICE:
        return news
    seen = {name: news[name] for name in FOR_EVERYBODY if name in news}
    for name in OF_ONE_PERSON:
        if name in news:
            seen[name] = [one for one in news[name] if one["person"] == account.person]
    return seen


async def _until_gone(receive: Receive, viewer: Viewer) -> None:
    """Return once the page has closed its stream; nothing is kept for it then."""
    while (await receive())["type"] != "http.disconnect":
        pass
    viewer.end()


def event(kind: str, what: Any) -> str:
    """One server-sent event (HTML standard, section 9.2)."""
    return f"event: {kind}\ndata: {json.dumps(what, ensure_ascii=False)}\n\n"
