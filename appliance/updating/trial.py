"""The trial of a new version: it must take a call of the built-in test telephone.

This runs as root beside the daemon, from the program of the image, not from the new one, and asks the daemon by its
control socket only.
"""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from appliance.control.client import ControlClient
from appliance.control.errors import ControlError

TRIAL_S = 180.0
"""A new version must take a call within so many seconds of its first start."""
RING_S = 30.0
"""So long one call is given before another one is made."""
PAUSE_S = 1.0
_CALLER = "COPPERDESK TRIAL"


async def takes_a_call(socket: Path, within_s: float = TRIAL_S) -> str:
    """Empty once a call was taken; otherwise why none was, after `within_s` seconds."""
    told = ["it did not start"]
    try:
        async with asyncio.timeout(within_s):
            while True:
                try:
                    async with ControlClient(socket) as control:
                        if await _call(control, told):
                            return ""
                except ControlError as error:
                    if error.code not in ("not-running", "connection-lost"):
                        told[0] = f"its test call could not be made: {error}"
                await asyncio.sleep(PAUSE_S)
    except TimeoutError:
        return told[0]


async def _call(control: ControlClient, told: list[str]) -> bool:
    """Make one call on a line that is idle; whether the unit took it. An office without lines must only answer.

    The telephone hangs up when the connection is closed.
    """
    told[0] = "it did not answer to what it was asked"
    choices, status = await control.call("phone.choices"), await control.call("status")
    idle = {trunk["name"] for trunk in status["trunks"] if trunk["state"] == "idle" and not trunk["dead"]}
    told[0] = "it took no call of the test telephone"
    if not choices["lines"]:
        return True
    line = next((line for line in choices["lines"] if line["name"] in idle), None)
    if line is None:
        told[0] = "it had no line that was idle and could be called"
        return False
    opened = await control.call("phone.open", line=line["port"], name=_CALLER)
    try:
        async with asyncio.timeout(RING_S):
            await control.call("phone.do", phone=opened["phone"], act="call")
            while not _is_up(await control.call("status"), line["name"]):
                await asyncio.sleep(PAUSE_S)
    except TimeoutError:
        return False
    return True


def _is_up(status: dict[str, Any], line: str) -> bool:
    return any(trunk["name"] == line and trunk["state"] == "up" for trunk in status["trunks"])
