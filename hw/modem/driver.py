"""The one task that keeps a modem working: finds it, opens it, sets it up, and recovers it when it hangs.

A modem that hangs is noticed by the check of the dialogue, after 20 s and two answers missed. It gets the steps of
`recovery.py`, one after the other, until it answers; all are through within the minute. It is found again by its
serial number or its USB socket, whatever its device file is called then.
"""

from __future__ import annotations

import asyncio
import errno
import logging
import os
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from enum import Enum
from traceback import extract_tb

from hw.modem.bus import FoundModem, ModemBus, ModemError, ModemLink
from hw.modem.dialogue_protocol import (
    DialogueState,
    FromModem,
    ModemAnswered,
    ModemDialogue,
    ModemIsMute,
    ModemIsReady,
    ToModem,
)
from hw.modem.dialoguelog import DialogueLog
from hw.modem.events import ModemEvent
from hw.modem.profile import ModemProfile
from hw.modem.recovery import AFTER, RecoveryStep
from hw.modem.wanted import ModemWanted
from hw.said import Said, said, told_by

log = logging.getLogger(__name__)

LOOK_EVERY_S = 2.0
MISSING_S = 8.0
"""A modem may be away for so long, as it is while it is reset, before people are told."""
DTR_S = 0.5
CLOSED_S = 0.3
"""A port that comes back stays closed for so long. A program that was killed leaves the modem off hook: it hangs up as
nobody has its port open, but only after DTR has been away for 50 ms or so (register S25). Where that program has
switched this off, DTR is taken away for longer once the port is open again."""
GUARD_S = 1.1
"""The silence before and behind +++ by which a modem knows it from data (ITU-T V.250, register S12: 1 s)."""
RESET_WITHIN_S = 10.0
UNPLUGGED_EVERY_S = 30.0
"""How often a modem is tried again that is to be unplugged."""
ASKED_WITHIN_S = 30.0
NO_LINE_V = 1.5
"""Conexant's modems add what two diodes take, and so tell 1.4 V where no line is (reference manual 102752C, -TRV)."""
_FORBIDDEN, _IN_USE = (errno.EACCES, errno.EPERM), (errno.EBUSY, errno.EAGAIN)
_VOLTS = re.compile(r"-?\d+(?:\.\d+)?")
READY_WITHIN_S = 15.0
"""Setting a modem up takes a second; one that answers slowly, several."""


class _Ended(Enum):
    """Why the talk with a modem is over."""

    MUTE = "it does not answer"
    GONE = "it was unplugged"
    LENT = "somebody else gets the port"
    SHUT = "its port cannot be opened, by no fault of the modem"


class Modem:
    """One modem of an office. `start` it; `close` it."""

    def __init__(self, bus: ModemBus, wanted: ModemWanted) -> None:
        self.on_event: Callable[[ModemEvent], None] = lambda _event: None
        """Told what it tells by itself: rings and callers."""
        self.on_fault: Callable[[str, bool], None] = lambda _fault, _there: None
        """Told what is wrong with it, for people; and with False when that is over."""
        self.log = DialogueLog()
        """What was said last, in both directions."""
        self.found: FoundModem | None = None
        """The modem, as long as it is plugged in and known to be the one."""
        self.ready: ModemIsReady | None = None
        """How it was set up, as long as it answers and nobody else has its port."""
        self._bus = bus
        self._wanted = wanted
        self._loop = asyncio.get_running_loop()
        self._task: asyncio.Task[None] | None = None
        self._dialogue: ModemDialogue | None = None
        self._link: ModemLink | None = None
        self._last: FoundModem | None = None
        self._shut = 0
        self._timer: asyncio.TimerHandle | None = None
        self._ended: asyncio.Future[_Ended] | None = None
        self._worked = False
        self._asked: list[asyncio.Future[tuple[str, ...] | None]] = []
        self._lending = asyncio.Lock()
        self._given_back = asyncio.Event()
        self._port_free = asyncio.Event()
        self._set_up = asyncio.Event()
        self._fault: Said | None = None

    def start(self) -> None:
        """Begin to look for it."""
        self._task = self._loop.create_task(self._run(), name="modem")
        self._task.add_done_callback(self._failed)

    async def close(self) -> None:
        """Let it alone."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    @property
    def state(self) -> DialogueState | None:
        """Where the dialogue with it is; None: its port is not open."""
        return None if self._dialogue is None else self._dialogue.state

    @property
    def profile(self) -> ModemProfile | None:
        """What its model does in its own way; None while it is not plugged in."""
        return None if self.found is None else self._wanted.profile_for(self.found)

    @property
    def is_lent(self) -> bool:
        """Whether another program has its port."""
        return self._lending.locked()

    @asynccontextmanager
    async def lent(self) -> AsyncIterator[str]:
        """Let another program have the port, such as a fax engine: the path of its device file, which is closed then.

        Whoever comes second waits. Afterwards the modem is hung up, and set up again. ModemError where none is there
        that works, at once where that is known.
        """
        async with self._lending:
            path = await self._ready_at()
            self._port_free.clear()
            self._given_back.clear()
            self._end(_Ended.LENT)
            try:
                await self._port_free.wait()
                yield path
            finally:
                self._given_back.set()

    async def _ready_at(self) -> str:
        """The path of a modem that is ready, or is within a moment."""
        with suppress(TimeoutError):
            async with asyncio.timeout(READY_WITHIN_S):
                if self.found is not None and self._fault is None:
                    await self._set_up.wait()
        if self.ready is None or self.found is None or self._ended is None or self._ended.done():
            raise ModemError(said("the modem is not ready"))
        return self.found.device

    async def ask(self, question: str) -> tuple[str, ...]:
        """What it answers to a command, which is written without AT. ModemError where it does not, or knows it not."""
        if self._dialogue is None or self.ready is None:
            raise ModemError(said("the modem is not ready"))
        asked: asyncio.Future[tuple[str, ...] | None] = self._loop.create_future()
        self._asked.append(asked)
        self._dialogue.ask(question, self._loop.time())
        self._set_timer()
        try:
            async with asyncio.timeout(ASKED_WITHIN_S):
                texts = await asyncio.shield(asked)
        except TimeoutError:
            raise ModemError(said("the modem does not answer")) from None
        if texts is None:
            raise ModemError(said("the modem does not know that"))
        return texts

    async def volts(self) -> float | None:
        """The voltage of the line; None where the model cannot measure it. ModemError where it does not answer."""
        question = self.profile.voltage if self.profile is not None else ""
        for text in await self.ask(question) if question else ():
            if read := _VOLTS.search(text):
                volts = float(read[0])
                return volts if volts > NO_LINE_V else 0.0
        return None

    # The task

    async def _run(self) -> None:
        recovery = RecoveryStep.NONE
        while True:
            found, profile = await self._plugged_in()
            self.found = self._last = found
            ended = await self._open_and_talk(found, profile, recovery)
            if ended is _Ended.LENT:
                self._port_free.set()
                await self._given_back.wait()
                await asyncio.sleep(CLOSED_S)
                recovery = RecoveryStep.HANG_UP
            elif ended is _Ended.MUTE:
                recovery = RecoveryStep.HANG_UP if self._worked else AFTER[recovery]
                await self._recover(found, recovery)
            else:
                self.found = None
                recovery = RecoveryStep.NONE
                await asyncio.sleep(LOOK_EVERY_S)

    async def _plugged_in(self) -> tuple[FoundModem, ModemProfile]:
        """Wait until it is there. Where it is not for some seconds people are told, or another one takes its place."""
        since = self._loop.time()
        while True:
            there, missing = await self._look(), self._loop.time() - since >= MISSING_S
            if there is not None and (missing or self._last is None or there[0].is_again(self._last)):
                return there
            if missing:
                self._tell(said("the modem is not plugged in"))
            await asyncio.sleep(LOOK_EVERY_S)

    async def _unplugged(self, within_s: float) -> None:
        """Wait until it is not there any more, or for so long."""
        for _ in range(round(within_s / LOOK_EVERY_S)):
            if await self._look() is None:
                return
            await asyncio.sleep(LOOK_EVERY_S)

    async def _look(self) -> tuple[FoundModem, ModemProfile] | None:
        """Where it is, the one from before if that is there, and the profile to speak to it by; None for nowhere."""
        there = sorted(await self._bus.find(), key=lambda modem: not modem.is_again(self._last))
        for modem in there:
            if (profile := self._wanted.profile_for(modem)) is not None:
                return modem, profile
        return None

    async def _open_and_talk(self, found: FoundModem, profile: ModemProfile, recovery: RecoveryStep) -> _Ended:
        self._ended = self._loop.create_future()
        self._worked = False
        self._dialogue = dialogue = ModemDialogue(profile, self._wanted.country_code)
        try:
            self._link = link = await self._bus.open(found, self._bytes, lambda: self._end(_Ended.GONE))
        except OSError as error:
            self._dialogue = None
            self.log.note(f"{found.device}: {told_by(error)}")
            if error.errno in (*_FORBIDDEN, *_IN_USE):
                self._is_shut(error.errno)
                return _Ended.SHUT
            return _Ended.GONE if error.errno in (errno.ENOENT, errno.ENODEV, errno.ENXIO) else _Ended.MUTE
        self._shut = 0
        try:
            self.log.note(f"{found.device} is open: {profile.title}")
            await self._prepare(link, recovery)
            if not self._ended.done():
                self._do(dialogue.begin(self._loop.time()))
            return await self._ended
        finally:
            self._stop_talking()
            await link.close()

    def _is_shut(self, code: int) -> None:
        """It may not be opened. At first it may not have its rights yet: udev gives them a moment later."""
        self._shut += 1
        if self._shut > 1:
            why = said("another program uses it") if code in _IN_USE else os.strerror(code)
            self._tell(said("the modem cannot be opened: %(why)s", why=why))

    async def _prepare(self, link: ModemLink, recovery: RecoveryStep) -> None:
        """Do to an opened port what this step of the recovery is."""
        if recovery is RecoveryStep.HANG_UP:
            await link.drop_dtr(DTR_S)
        elif recovery is RecoveryStep.ESCAPE:
            for word in (b"+++", b"ATH\r"):
                await asyncio.sleep(GUARD_S)
                self.log.sent(word)
                link.write(word)
            await asyncio.sleep(GUARD_S)

    async def _recover(self, found: FoundModem, recovery: RecoveryStep) -> None:
        """Do to a closed one what this step is."""
        self.log.note(f"it does not answer: {recovery.value}")
        if recovery is RecoveryStep.RESET:
            try:
                async with asyncio.timeout(RESET_WITHIN_S):
                    await self._bus.reset(found)
            except (OSError, TimeoutError) as error:
                log.warning("the modem cannot be reset by USB: %s", type(error).__name__)
        elif recovery is RecoveryStep.UNPLUG and not self._tell(
            said("the modem does not answer: unplug it, wait ten seconds, and plug it in again")
        ):
            await self._unplugged(UNPLUGGED_EVERY_S)

    def _failed(self, task: asyncio.Task[None]) -> None:
        """Nobody waits for the task, so that its end would not be noticed."""
        if not task.cancelled() and (error := task.exception()) is not None:
            place = extract_tb(error.__traceback__)[-1]
            log.error("the modem: %s at %s, line %s", type(error).__name__, place.filename, place.lineno)
            self._tell(said("the modem cannot be used: %(kind)s", kind=type(error).__name__))

    def _stop_talking(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        self._dialogue = self._link = self.ready = None
        self._set_up.clear()
        for asked in self._asked:
            if not asked.done():
                asked.set_result(None)
        self._asked.clear()

    # The dialogue

    def _bytes(self, data: bytes) -> None:
        if self._dialogue is not None:
            self.log.received(data)
            self._do(self._dialogue.received(data, self._loop.time()))

    def _due(self) -> None:
        if self._dialogue is not None:
            self._do(self._dialogue.due(self._loop.time()))

    def _do(self, actions: list[ToModem | FromModem | ModemIsReady | ModemAnswered | ModemIsMute]) -> None:
        for action in actions:
            match action:
                case ToModem(data) if self._link is not None:
                    self.log.sent(data)
                    self._link.write(data)
                case FromModem(event):
                    self.on_event(event)
                case ModemIsReady():
                    self.ready, self._worked = action, True
                    self._set_up.set()
                    self._tell(None)
                case ModemAnswered(texts):
                    self._answered(texts)
                case ModemIsMute(refused):
                    if refused:
                        self.log.note(f"it refuses AT{refused}")
                    self._end(_Ended.MUTE)
        self._set_timer()

    def _answered(self, texts: tuple[str, ...] | None) -> None:
        if self._asked and not (asked := self._asked.pop(0)).done():
            asked.set_result(texts)

    def _set_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._dialogue is not None and (at := self._dialogue.deadline) is not None:
            self._timer = self._loop.call_at(at, self._due)

    def _end(self, why: _Ended) -> None:
        if self._ended is not None and not self._ended.done():
            self._ended.set_result(why)

    def _tell(self, fault: Said | None) -> bool:
        """Tell what is wrong with it now, in place of what was. False where that was told already."""
        if fault == self._fault:
            return False
        if self._fault is not None:
            self.on_fault(self._fault, False)
        self._fault = fault
        if fault is not None:
            self.on_fault(fault, True)
        return True
