"""Who is slow, or one too many, keeps nobody else from the pages."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from types import TracebackType
from typing import Any

from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from web.texts import LANGUAGES, translations

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

PIECE_WITHIN_S = 20.0
"""How long the next piece of a form or a file may take."""

SLOWEST_BYTES_S = 1000
"""How fast a form must come, once it has taken longer than one piece may."""

READ_BEFORE = 64 * 1024
"""So many bytes of a form or a file come before a thread is taken for it."""

REST_WITHIN_S = 10.0
"""How long the rest of a form that was refused may take. Its sender sees the answer behind that."""

TAKEN_WITHIN_S = 60.0
"""How long whoever asked may leave a piece of the answer untaken."""

AGAIN_AFTER_S = 3


class TooSlow(Exception):
    """Whoever asked does not take the answer."""


class Limit:
    """How many are in work at once. Entered by each; `reached` before that."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._within = 0

    @property
    def reached(self) -> bool:
        return self._within >= self._most

    @property
    def exceeded(self) -> bool:
        return self._within > self._most

    @property
    def unused(self) -> bool:
        return self._within == 0

    def __enter__(self) -> None:
        self._within += 1

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._within -= 1


def prompt(receive: Receive) -> Receive:
    """What comes in, of somebody who sends it promptly. Of others nothing more comes, as if they had gone."""
    began: float | None = None
    came = 0

    async def receive_soon() -> Message:
        nonlocal began, came
        loop = asyncio.get_running_loop()
        began = loop.time() if began is None else began
        took = loop.time() - began
        if took > PIECE_WITHIN_S and came < took * SLOWEST_BYTES_S:
            return {"type": "http.disconnect"}
        try:
            message = await asyncio.wait_for(receive(), PIECE_WITHIN_S)
        except TimeoutError:
            return {"type": "http.disconnect"}
        came += len(message.get("body", b""))
        return message

    return receive_soon


async def begun(receive: Receive) -> Receive | None:
    """The same with its beginning read, so that whoever is slow to send a form takes no thread; None: it never came."""
    came: list[Message] = []
    read = 0
    while read < READ_BEFORE:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        came.append(message)
        read += len(message.get("body", b""))
        if not message.get("more_body", False):
            break
    waiting = iter(came)

    async def receive_on() -> Message:
        return next(waiting, None) or await receive()

    return receive_on


class Unread:
    """Takes what is left of a form that was not read to its end, before the answer ends.

    A page that refuses a form does not read it. The server hands on what comes by a short queue, and would wait for
    ever to put into it what nobody reads; and a browser that is still sending does not look at the answer.
    """

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._over = False
        self._rest: asyncio.Task[None] | None = None

    async def receive(self) -> Message:
        """What the page is told."""
        message = await self._receive()
        self._over = message["type"] == "http.disconnect" or not message.get("more_body", False)
        return message

    def before_the_end(self, send: Send) -> Send:
        """The same; but whoever asked may first send all of the form, within some time."""

        async def send_on(message: Message) -> None:
            if message["type"] == "http.response.body" and not message.get("more_body", False) and not self._over:
                await asyncio.wait({self.thrown_away()}, timeout=REST_WITHIN_S)
            await send(message)

        return send_on

    def thrown_away(self) -> asyncio.Task[None]:
        """Take all that still comes. It goes on by itself, at most until the connection is closed."""
        if self._rest is None:
            self._rest = asyncio.create_task(self._read_on(), name="the rest of a form")
        return self._rest

    async def _read_on(self) -> None:
        while not self._over:
            await self.receive()


def patient(send: Send, *, drop: bool = False) -> Send:
    """What goes out, to somebody who takes it within a minute. Of others TooSlow is raised.

    drop: the rest is dropped in place of that, for a page that is made in a thread, which nothing else would end.
    """
    gone = False

    async def send_on(message: Message) -> None:
        nonlocal gone
        if gone:
            return
        try:
            await asyncio.wait_for(send(message), TAKEN_WITHIN_S)
        except TimeoutError:
            gone = True
            if not drop:
                raise TooSlow from None

    return send_on


async def answer_late(send: Send) -> None:
    """Say that a form took too long to come."""
    await send({"type": "http.response.start", "status": 408, "headers": [(b"connection", b"close")]})
    await send({"type": "http.response.body", "body": b""})


async def answer_busy(scope: Message, send: Send) -> None:
    """Say that there are too many, and have the page try again by itself. It costs no thread and asks no daemon."""
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1013})
        return
    asked = b", ".join(value for name, value in scope["headers"] if name.lower() == b"accept-language")
    accepted = parse_accept_header(asked.decode("latin1"), LanguageAccept)
    chosen = accepted.best_match(list(LANGUAGES)) or "en"
    gettext = translations(chosen).gettext
    title = gettext("Very busy")
    text = gettext("The unit is very busy. This page tries again by itself.")
    body = (
        f'<!doctype html><html lang="{chosen}"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f'<meta http-equiv="refresh" content="{AGAIN_AFTER_S}"><title>{title}</title><h1>{title}</h1><p>{text}</p>'
    )
    headers = [
        (b"content-type", b"text/html; charset=utf-8"),
        (b"retry-after", str(AGAIN_AFTER_S).encode()),
        (b"content-security-policy", b"default-src 'none'"),
        (b"cache-control", b"no-store"),
    ]
    await send({"type": "http.response.start", "status": 503, "headers": headers})
    await send({"type": "http.response.body", "body": body.encode()})
