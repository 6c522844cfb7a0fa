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
from appliance.updating.state import Phase, UpdateState, read_state

TRIAL_S = 180.0
"""A new version must take a call within so many seconds of its first start."""
RING_S = 30.0
"""So long one call is given before another one is made."""
PAUSE_S = 1.0
START_S = 120.0
"""So long copying the data aside may take: 512 MiB on a slow card."""
_CALLER = "COPPERDESK TRIAL"


async def on_trial(programs: Path, within_s: float = START_S) -> UpdateState | None:
    """The version on trial; None where there is none. What root does before the start may be still under way."""
    loop = asyncio.get_running_loop()
    until = loop.time() + within_s
    state = read_state(programs)
    while state is not None and state.phase is Phase.PENDING and loop.time() < until:
        await asyncio.sleep(PAUSE_S)
        state = read_state(programs)
    return state if state is not None and state.phase is Phase.TRYING else None


async def takes_a_call(socket: Path, within_s: float = TRIAL_S, *, is_set_up: bool = True) -> str:
    """Empty once a call was taken; otherwise why none was, after `within_s` seconds.

    is_set_up: there is an office, which the new version must be able to read.
    """
    told = ["it did not start"]
    try:
        async with asyncio.timeout(within_s):
            while True:
                try:
                    async with ControlClient(socket) as control:
                        if await _call(control, told, is_set_up):
                            return ""
                except ControlError as error:
                    if error.code not in ("not-running", "connection-lost"):
                        told[0] = f"its test call could not be made: {error}"
                await asyncio.sleep(PAUSE_S)
    except TimeoutError:
        return told[0]


async def _call(control: ControlClient, told: list[str], is_set_up: bool) -> bool:
    """Make one call on a line that is idle; whether the unit took it. An office without lines must only be known.

    The telephone hangs up when the connection is closed.
    """
    told[0] = "it did not answer to what it was asked"
    choices, status = await control.call("phone.choices"), await control.call("status")
    idle = {trunk["name"] for trunk in status["trunks"] if trunk["state"] == "idle" and not trunk["dead"]}
    if not choices["lines"]:
        told[0] = "it could not read the office"
        return bool(status["office"]) or not is_set_up
    told[0] = "it took no call of the test telephone"
    line = next((line for line in choices["lines"] if line["name"] in idle), None)
    if line is None:
        told[0] = "it had no line that was idle and could be called"
        return False
    opened = await control.call("phone.open", line=line["port"], name=_CALLER)
    try:
        async with asyncio.timeout(RING_S):
            await control.call("phone.do", phone=opened["phone"], act="call")
            while not _is_up(await control.call("status"), line["name"]):  # noqa: ASYNC110 - another process works
                await asyncio.sleep(PAUSE_S)
    except TimeoutError:
        return False
    return True


def _is_up(status: dict[str, Any], line: str) -> bool:
    return any(trunk["name"] == line and trunk["state"] == "up" for trunk in status["trunks"])
