"""The methods of the control socket without a socket, on a unit in virtual time."""

from __future__ import annotations

from typing import Any

import pytest

from appliance.control import ControlError
from appliance.control.local import Handler
from appliance.control.params import NONE, Params, check


class Offered:
    """Takes methods, as the control server would, and is asked for them."""

    def __init__(self) -> None:
        self._methods: dict[str, tuple[Handler, Params]] = {}

    def method(self, name: str, handler: Handler, declared: Params = NONE) -> None:
        self._methods[name] = handler, declared

    async def ask(self, method: str, **params: Any) -> Any:
        handler, declared = self._methods[method]
        return await handler(check(declared, params))

    async def refused(self, method: str, **params: Any) -> str:
        """The code with which it is refused."""
        with pytest.raises(ControlError) as refused:
            await self.ask(method, **params)
        return refused.value.code
