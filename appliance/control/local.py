"""The methods of the control socket without a socket: for a data folder whose daemon does not run."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import Any, Protocol

from appliance.control.params import NONE, Params, check

Handler = Callable[[dict[str, Any]], Awaitable[Any]]


class Offers(Protocol):
    """Where methods are offered."""

    def method(self, name: str, handler: Handler, declared: Params = NONE) -> None:
        """Offer a method, with the parameters it takes."""


class LocalControl:
    """Offers methods to this process alone; `call` does what the client's does. Usable in a `with` statement."""

    def __init__(self) -> None:
        self._methods: dict[str, tuple[Handler, Params]] = {}
        self._runner = asyncio.Runner()

    def method(self, name: str, handler: Handler, declared: Params = NONE) -> None:
        self._methods[name] = handler, declared

    def call(self, method: str, /, **params: Any) -> Any:
        """The result of a method that was offered. ControlError as its handler raised it."""
        handler, declared = self._methods[method]

        async def answer() -> Any:
            return await handler(check(declared, params))

        return self._runner.run(answer())

    def __enter__(self) -> LocalControl:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._runner.close()
