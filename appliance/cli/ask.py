"""Asking the daemon one thing."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from appliance.control.client import ControlClient
from appliance.control.folder import DataFolder


def ask(data: Path, method: str, /, **params: Any) -> Any:
    """The result of one control method. ControlError where the daemon refuses or does not run (`not-running`)."""

    async def once() -> Any:
        async with ControlClient(DataFolder(data).socket) as control:
            return await control.call(method, **params)

    return asyncio.run(once())
