"""The trial of a new version: it must take a call of the built-in test telephone.

This runs as root beside the daemon, from the program of the image, not from the new one, and asks the daemon by its
control socket only.
"""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path
from typing import Any

from appliance.control.client import ControlClient
from appliance.control.errors import ControlError
from appliance.machine.takenback import TakenBack
from appliance.updating.going import GONE, UNCLEAR, calls_go_on
from appliance.updating.state import Phase, UpdateState, state_or_none

log = logging.getLogger(__name__)

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
    state = state_or_none(programs)
    while state is not None and state.phase is Phase.PENDING and loop.time() < until:
        await asyncio.sleep(PAUSE_S)
        state = state_or_none(programs)
    return state if state is not None and state.phase is Phase.TRYING else None


async def fails(socket: Path, folder: Path, within_s: float = TRIAL_S, *, is_set_up: bool = True) -> TakenBack | None:
    """None once a call was taken; otherwise why none was, after `within_s` seconds.

    folder: of the new version; a call that another one takes does not count. is_set_up: there is an office, which the
    new version must be able to read. While calls are on all lines, so that the test telephone can call none of them,
    the version is given more time: it takes calls, and cannot be stopped now.
    """
    why = await _takes_no_call(socket, within_s, _Trial(folder, is_set_up))
    in_use = True
    while why is TakenBack.NO_LINE and in_use:
        in_use = await calls_go_on(socket)  # Once they are over, it is tried once more.
        why = await _takes_no_call(socket, min(within_s, RING_S), _Trial(folder, is_set_up))
    return why


async def _takes_no_call(socket: Path, within_s: float, trial: _Trial) -> TakenBack | None:
    try:
        async with asyncio.timeout(within_s):
            while True:
                try:
                    async with ControlClient(socket) as control:
                        if await trial.call(control):
                            return None
                except ControlError as error:
                    trial.refused(error)
                except UNCLEAR as error:
                    log.warning("the new version has not answered as agreed: %r", error)
                await asyncio.sleep(PAUSE_S)
    except TimeoutError:
        return trial.why


class _Trial:
    """why: as far as is known by now."""

    def __init__(self, folder: Path, is_set_up: bool) -> None:
        self.why = TakenBack.NOT_STARTED
        self._folder = folder
        self._is_set_up = is_set_up
        self._told = ""

    def refused(self, error: ControlError) -> None:
        """The daemon has refused what it was asked, or was not there."""
        if error.code in GONE:
            return
        if error.message != self._told:
            self._told = error.message
            log.warning("the test call could not be made: %s", error.message)

    async def call(self, control: ControlClient) -> bool:
        """Make one call on a line that is idle; whether the unit took it. An office without lines must only be known.

        The telephone hangs up when the connection is closed.
        """
        if self.why is TakenBack.NOT_STARTED:
            if not await self._is_it(control):
                return False
            self.why = TakenBack.NO_ANSWER
        choices, status = await control.call("phone.choices"), await control.call("status")
        idle = {trunk["name"] for trunk in status["trunks"] if trunk["state"] == "idle" and not trunk["dead"]}
        if not choices["lines"]:
            self.why = TakenBack.NO_OFFICE
            return bool(status["office"]) or not self._is_set_up
        line = next((line for line in choices["lines"] if line["name"] in idle), None)
        if line is None:
            self.why = TakenBack.NO_LINE
            return False
        self.why = TakenBack.NO_CALL
        opened = await control.call("phone.open", line=line["port"], name=_CALLER)
        try:
            async with asyncio.timeout(RING_S):
                await control.call("phone.do", phone=opened["phone"], act="call")
                while not _is_up(await control.call("status"), line["name"]):  # noqa: ASYNC110 - another process works
                    await asyncio.sleep(PAUSE_S)
        except TimeoutError:
            return False
        return True

    async def _is_it(self, control: ControlClient) -> bool:
        """Whether the daemon that answers is the new version. A version that does not tell where it runs from is."""
        told = (await control.call("update.get")).get("packages")
        if told is None or Path(told).parent.resolve() == self._folder.resolve():
            return True
        if told != self._told:
            self._told = told
            log.warning("another version answers: that in %s", Path(told).parent)
        return False


def _is_up(status: dict[str, Any], line: str) -> bool:
    return any(trunk["name"] == line and trunk["state"] == "up" for trunk in status["trunks"])
