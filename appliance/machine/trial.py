"""A change of the network that is tried, and taken back by itself unless whoever made it confirms it.

What was is on the disk before anything is changed. Whatever happens then, a power cut or a restart of the daemon, a
change that nobody confirmed is taken back at the next start.
"""

from __future__ import annotations

import asyncio
import json
import logging
from dataclasses import asdict, dataclass, replace
from typing import Any

from appliance.clock import off_loop
from appliance.faultlog import kind_and_place
from appliance.machine.addressing import Addressing
from appliance.machine.hostname import set_host_name
from appliance.machine.network import NO_SUCH_CONNECTION, bring_up, set_addressing
from appliance.machine.programs import MachineRefused, ProgramFailed, ProgramMissing
from appliance.store.atomic import AtomicFile
from hw.said import said

log = logging.getLogger(__name__)

TRIED_SECONDS = 120.0
BEGINS_AFTER_SECONDS = 2.0
"""So that the answer, with the way to the new address, reaches the browser by the old one."""
TAKEN_BACK_EVERY_SECONDS = 10.0
"""Where taking back does not work, it is tried again."""


class TrialRefused(ValueError):
    """code: a word for programs, `trial-running`, `no-trial`, `not-yours` or `not-yet`. The text is for people."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code


@dataclass(frozen=True, slots=True)
class NetworkSetting:
    """What is changed together."""

    name: str = ""
    """Of the unit; empty: it is not changed."""
    connection: str = ""
    """By the id of NetworkManager; empty: its address is not changed."""
    addressing: Addressing | None = None
    reached_at: str = ""
    """The address, or the name, by which browsers reach the unit then; empty: nobody knows."""


@dataclass(frozen=True, slots=True)
class NetworkTrial:
    """A change that goes on."""

    by: str
    """The account that began it, and alone may confirm it."""
    was: NetworkSetting
    """What it is taken back to."""
    becomes: NetworkSetting
    """What is tried."""
    ends: float = 0.0
    """By the loop's clock, which nobody sets."""
    tried: bool = False
    """It is in effect. Before, it is about to be."""
    going_back: bool = False
    """It is being taken back."""


class NetworkTrials:
    """One at a time. It outlasts the unit, which may be put together anew meanwhile."""

    def __init__(self, file: AtomicFile, seconds: float = TRIED_SECONDS) -> None:
        self._file = file
        self._seconds = seconds
        self._changing = asyncio.Lock()
        self._task: asyncio.Task[None] | None = None
        self.trial: NetworkTrial | None = None
        """The one that goes on."""
        self.ended = ""
        """What became of the last one since the daemon's start: `confirmed`, `taken-back`, or empty for none."""
        self.failed = ""
        """Why the last one did not come into effect, as the machine said it; or empty."""

    async def start(self) -> None:
        """Begin to take back what nobody had confirmed when the program ended."""
        self.trial = await off_loop(self._read)
        if self.trial is not None:
            self._task = asyncio.create_task(self._take_back(), name="takes a change of the network back")

    async def close(self) -> None:
        """Stop. What goes on is taken back at the next start."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    @property
    def seconds_left(self) -> float:
        """Until it is taken back; 0 without one."""
        if self.trial is None or self.trial.going_back:
            return 0.0
        return max(self.trial.ends - asyncio.get_running_loop().time(), 0.0)

    async def begin(self, by: str, was: NetworkSetting, becomes: NetworkSetting) -> None:
        """Try a change, shortly after this returns. Raises TrialRefused, and OSError if the disk does not take it."""
        async with self._changing:
            if self.trial is not None:
                raise TrialRefused("trial-running", said("another change of the network is being tried"))
            ends = asyncio.get_running_loop().time() + BEGINS_AFTER_SECONDS + self._seconds
            trial = NetworkTrial(by, was, becomes, ends)
            await off_loop(self._write, trial)
            self.trial, self.ended, self.failed = trial, "", ""
            self._task = asyncio.create_task(self._try(trial), name="tries a change of the network")

    async def confirm(self, by: str) -> None:
        """Keep it. Raises TrialRefused; MachineRefused, and then it is still taken back in time."""
        async with self._changing:
            trial = self.trial
            if trial is None or trial.going_back:
                raise TrialRefused("no-trial", said("no change of the network is being tried any more"))
            if trial.by.casefold() != by.casefold():
                raise TrialRefused(
                    "not-yours", said("only %(who)s, who made this change, can confirm it", who=trial.by)
                )
            if not trial.tried:
                raise TrialRefused("not-yet", said("the change is not in effect yet; try it in a moment"))
            await off_loop(_keep, trial.becomes)
            await off_loop(self._write, None)
            self.trial, self.ended = None, "confirmed"

    async def take_back(self) -> None:
        """Take it back at once. Raises TrialRefused."""
        async with self._changing:  # So that the machine is not in the middle of it.
            if self.trial is None:
                raise TrialRefused("no-trial", said("no change of the network is being tried"))
            await self.close()
        self._task = asyncio.create_task(self._take_back(), name="takes a change of the network back")

    async def _try(self, trial: NetworkTrial) -> None:
        await asyncio.sleep(BEGINS_AFTER_SECONDS)
        async with self._changing:
            try:
                await off_loop(_apply, trial.becomes, False)
                self.trial = replace(trial, tried=True)
            except MachineRefused as error:
                self.failed = str(error)
        if not self.failed:
            await asyncio.sleep(self.seconds_left)
        if self.trial is not None:
            await self._take_back()

    async def _take_back(self) -> None:
        while True:
            async with self._changing:
                if self.trial is None:  # It was confirmed meanwhile.
                    return
                self.trial = replace(self.trial, going_back=True)
                if await off_loop(_went_back, self.trial.was):
                    self.trial, self.ended = None, "taken-back"
                    try:
                        await off_loop(self._write, None)
                    except OSError as error:  # At the next start it is taken back once more, which changes nothing.
                        log.error("that a change was taken back was not kept: %s", kind_and_place(error))
                    return
            await asyncio.sleep(TAKEN_BACK_EVERY_SECONDS)

    def _read(self) -> NetworkTrial | None:
        """The one that had not ended when the program did."""
        try:
            kept = json.loads(self._file.read() or b"null")
            return kept and NetworkTrial(kept["by"], _setting(kept["was"]), _setting(kept["becomes"]), going_back=True)
        except (OSError, ValueError, KeyError, TypeError) as error:
            log.error("what the network was before a change is not known: %s", kind_and_place(error))
            return None

    def _write(self, trial: NetworkTrial | None) -> None:
        self._file.write(json.dumps(trial and asdict(trial)).encode())


def _apply(setting: NetworkSetting, lasting: bool) -> None:
    """Have the machine do it. Blocking. Raises MachineRefused."""
    if setting.name:
        set_host_name(setting.name)
    if setting.connection and setting.addressing is not None:
        set_addressing(setting.connection, setting.addressing, lasting=lasting)
        bring_up(setting.connection)


def _keep(setting: NetworkSetting) -> None:
    """Have the machine remember what is in effect, without an interruption. Blocking. Raises MachineRefused."""
    if setting.connection and setting.addressing is not None:
        set_addressing(setting.connection, setting.addressing, lasting=True)


def _went_back(was: NetworkSetting) -> bool:
    """Take a change back. False: that has to be tried again. Blocking."""
    try:
        _apply(was, True)
    except ProgramMissing:
        pass  # This is another machine than that which was changed.
    except MachineRefused as error:
        log.error("a change of the network could not be taken back: %s", error)
        return isinstance(error, ProgramFailed) and error.code == NO_SUCH_CONNECTION
    return True


def _setting(kept: dict[str, Any]) -> NetworkSetting:
    addressing = kept["addressing"]
    if addressing is not None:
        addresses, dns = tuple(addressing["addresses"]), tuple(addressing["dns"])
        addressing = Addressing(addressing["automatic"], addresses, addressing["gateway"], dns)
    return NetworkSetting(kept["name"], kept["connection"], addressing, kept["reached_at"])
