"""What comes in is sent where it belongs: live events and sound to coroutines, all else to the pages in threads.

So an open page costs a coroutine and no thread, and a slow page keeps nobody else waiting.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from contextlib import suppress
from typing import Any, cast
from urllib.parse import quote

from a2wsgi import WSGIMiddleware
from flask import Flask
from flask_login import current_user
from werkzeug.exceptions import HTTPException
from werkzeug.test import EnvironBuilder

from appliance.control.errors import ControlError
from web.access import bare
from web.accounts import Account
from web.limits import Limit, TooSlow, Unread, answer_busy, answer_late, begun, patient, prompt

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Handler = Callable[[Account, Scope, Receive, Send], Awaitable[None]]

PAGE_THREADS = 12
"""Pages that may be in work at once. Others wait their turn."""

MOST_PAGES = PAGE_THREADS + 50
"""Pages in work or waiting. Whoever comes then is asked to come again."""

MOST_SENDING = 30
"""Forms and files that may be on their way from one address."""

MOST_LIVE = 300
"""Streams of events and sound."""


class Entrance:
    """The ASGI application. live: by path, what answers requests and web sockets of whoever is signed in."""

    def __init__(self, app: Flask, live: Mapping[str, Handler]) -> None:
        self._app = app
        self._live = live
        self._pages: Any = WSGIMiddleware(cast(Any, app), workers=PAGE_THREADS)
        self._in_work = Limit(MOST_PAGES)
        self._streams = Limit(MOST_LIVE)
        self._senders: defaultdict[str, Limit] = defaultdict(lambda: Limit(MOST_SENDING))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self._pages(scope, receive, send)
            return
        handler = self._live.get(scope.get("path", ""))
        scope = tidied(scope)
        if scope["type"] == "websocket":
            if handler is not None:
                await self._live_answer(handler, scope, receive, send)
            else:
                await send({"type": "websocket.close"})
            return
        unread = Unread(receive)
        try:
            if handler is not None:
                await self._live_answer(handler, scope, unread.receive, unread.before_the_end(send))
            else:
                await self._page(scope, unread.receive, unread.before_the_end(send))
        finally:
            unread.thrown_away()  # Also where the answer did not come to its end.

    async def _live_answer(self, handler: Handler, scope: Scope, receive: Receive, send: Send) -> None:
        with suppress(TooSlow):  # The connection is closed, as the answer has not come to its end.
            await self._admit(handler, scope, receive, patient(send))

    async def _page(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with a page, or ask to come again."""
        came: Receive | None = prompt(receive)
        if scope["method"] not in ("GET", "HEAD"):
            came = await self._sent(scope, prompt(receive))
        if came is None:
            await answer_late(send)
            return
        if self._in_work.reached:
            await answer_busy(scope, send)
            return
        with self._in_work:
            await self._pages(scope, came, patient(send, drop=True))

    async def _sent(self, scope: Scope, receive: Receive) -> Receive | None:
        """The same once the form has come, or much of it; None: it does not. Many that do not come keep out only
        others from the same address."""
        address = (scope["client"] or ("",))[0]
        sender = self._senders[address]
        try:
            with sender:
                return await begun(receive) if not sender.exceeded else None
        finally:
            if sender.unused:
                self._senders.pop(address, None)

    async def _admit(self, handler: Handler, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer whoever is signed in, and comes from a page of ours. Others are refused: 401, 403, or 503."""
        if self._streams.reached:
            await answer_busy(scope, send)
            return
        account, status = await asyncio.get_running_loop().run_in_executor(None, self._who, scope)
        if account is not None:
            with self._streams:
                await handler(account, scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 4000 + status})
        else:
            await send({"type": "http.response.start", "status": status, "headers": []})
            await send({"type": "http.response.body", "body": b""})

    def _who(self, scope: Scope) -> tuple[Account | None, int]:
        """Whose session it is; or None, and the status that says why."""
        headers = {name.decode("latin1").lower(): value.decode("latin1") for name, value in scope["headers"]}
        own = [f"{scheme}://{headers.get('host')}" for scheme in ("http", "https")]
        if "origin" in headers and headers["origin"] not in own:
            return None, 403
        secure = scope.get("scheme") in ("https", "wss")
        base = {"REMOTE_ADDR": (scope.get("client") or [""])[0], "wsgi.url_scheme": "https" if secure else "http"}
        environ = EnvironBuilder(path="/", headers=headers, environ_overrides=base).get_environ()
        with self._app.request_context(environ):
            try:
                if self._app.preprocess_request() is not None:
                    return None, 403
                account = current_user._get_current_object()
            except HTTPException as refused:
                return None, refused.code or 400
            except ControlError:
                return None, 503
            return (account, 200) if account.is_authenticated else (None, 401)


def tidied(scope: Scope) -> Scope:
    """The same request, with what the pages' interface (WSGI) wants: an address as people write it, and ASCII."""
    client = scope.get("client")
    query = quote(scope["query_string"], safe="/?:@!$&'()*+,;=-._~%[]")
    return {
        **scope,
        "client": (bare(client[0]), client[1]) if client else None,
        "query_string": query.encode("ascii"),
    }
