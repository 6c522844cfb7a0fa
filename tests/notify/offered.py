"""Methods of the control socket, called in the test's own loop."""

from __future__ import annotations

from typing import Any

from appliance.control.local import Handler
from appliance.control.params import NONE, Params, check


class Offered:
    """Remembers what was offered."""

    def __init__(self) -> None:
        self._methods: dict[str, tuple[Handler, Params]] = {}

    def method(self, name: str, handler: Handler, declared: Params = NONE) -> None:
        self._methods[name] = handler, declared

    async def call(self, method: str, /, **params: Any) -> Any:
        handler, declared = self._methods[method]
        return await handler(check(declared, params))
