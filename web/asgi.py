"""What comes in is sent where it belongs: live events and sound to coroutines, all else to the pages in threads.

So an open page costs a coroutine and no thread, and a slow page keeps nobody else waiting.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from typing import Any, cast
from urllib.parse import urlsplit

from a2wsgi import WSGIMiddleware
from flask import Flask
from flask_login import current_user
from werkzeug.exceptions import HTTPException
from werkzeug.test import EnvironBuilder

from appliance.control.errors import ControlError
from web.accounts import Account

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Handler = Callable[[Account, Scope, Receive, Send], Awaitable[None]]

PAGE_THREADS = 12
"""Pages that may be in work at once. Others wait their turn."""


class Entrance:
    """The ASGI application. live: by path, what answers requests and web sockets of whoever is signed in."""

    def __init__(self, app: Flask, live: Mapping[str, Handler]) -> None:
        self._app = app
        self._live = live
        self._pages: Any = WSGIMiddleware(cast(Any, app), workers=PAGE_THREADS)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        handler = self._live.get(scope.get("path", ""))
        if handler is not None and scope["type"] in ("http", "websocket"):
            await self._admit(handler, scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close"})
        else:
            await self._pages(scope, receive, send)

    async def _admit(self, handler: Handler, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer whoever is signed in, and comes from a page of ours. Others are refused: 401, 403, or 503."""
        account, status = await asyncio.get_running_loop().run_in_executor(None, self._who, scope)
        if account is not None:
            await handler(account, scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 4000 + status})
        else:
            await send({"type": "http.response.start", "status": status, "headers": []})
            await send({"type": "http.response.body", "body": b""})

    def _who(self, scope: Scope) -> tuple[Account | None, int]:
        """Whose session it is; or None, and the status that says why."""
        headers = {name.decode("latin1").lower(): value.decode("latin1") for name, value in scope["headers"]}
        if "origin" in headers and urlsplit(headers["origin"]).netloc != headers.get("host"):
            return None, 403
        environ = EnvironBuilder(path="/", headers=headers).get_environ()
        with self._app.request_context(environ):
            try:
                self._app.preprocess_request()
                account = current_user._get_current_object()
            except HTTPException as refused:
                return None, refused.code or 400
            except ControlError:
                return None, 503
            return (account, 200) if account.is_authenticated else (None, 401)
