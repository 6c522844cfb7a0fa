"""Whole units, each a `copperdesk run` with its own folder, and people at their telephones, by the control socket."""

from __future__ import annotations

import asyncio
import base64
import os
import signal
import subprocess
import sys
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np

from appliance.control.client import ControlClient
from appliance.control.errors import ControlError
from appliance.control.folder import DataFolder
from appliance.wav.clip import read_clip
from hw.audio import SAMPLE_RATE, Samples

PATIENCE_S = 15.0
_READY_S = 180.0
"""Only where the prompts are not spoken yet."""
_LOOK_S = 0.05


class Unit:
    """One unit. `office`: its document as text. `output`: what it has printed and logged."""

    def __init__(self, folder: Path, office: str) -> None:
        self._data = DataFolder(folder / "data")
        self._office = folder / "office.json"
        self._output = folder / "output"
        self._process: subprocess.Popen[bytes] | None = None
        self._events: asyncio.Task[None] | None = None
        self._telephones: dict[int, Telephone] = {}
        self._clips: dict[str, str] = {}
        folder.mkdir()
        self._office.write_text(office, encoding="utf-8")

    @property
    def output(self) -> str:
        return self._output.read_text(encoding="utf-8")

    async def start(self) -> None:
        """Start it, and wait until it is ready."""
        before = self._output.stat().st_size if self._output.exists() else 0
        self._process = self._launched()
        async with asyncio.timeout(_READY_S):
            while b"is ready" not in self._output.read_bytes()[before:]:
                assert self._process.poll() is None, self.output
                await asyncio.sleep(_LOOK_S)
        self.control = ControlClient(self._data.socket)
        await self.control.connect()
        self._events = asyncio.create_task(self._watch())

    def _launched(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "appliance.cli", "run", "--data", str(self._data.path)]
        command += ["--office", str(self._office)]
        with self._output.open("ab") as output:
            return subprocess.Popen(command, stdout=output, stderr=output, start_new_session=True)

    async def kill(self) -> None:
        """The power fails: all its processes end at once."""
        process, self._process = self._process, None
        self._telephones.clear()
        if self._events is not None:
            self._events.cancel()
            with suppress(asyncio.CancelledError, ControlError):
                await self._events
            self._events = None
            await self.control.close()
        if process is not None:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    async def status(self) -> Any:
        return await self.control.call("status")

    async def faults(self) -> list[str]:
        return list((await self.status())["faults"])

    async def registered(self) -> dict[str, bool | None]:
        """By line: whether its account is registered; None before the first answer."""
        return {line["port"]: line["registered"] for line in (await self.sip_status())["lines"]}

    async def sip_status(self) -> dict[str, Any]:
        """What its SIP card tells."""
        return next(card for card in (await self.status())["cards"] if card["kind"] == "sip")

    async def until_registered(self, lines: set[str], seconds: float = PATIENCE_S) -> None:
        """Wait until these lines are registered, and these alone."""

        async def there() -> bool:
            return {line for line, state in (await self.registered()).items() if state} == lines

        await self.until(there, f"registration of {lines}", seconds)

    async def until_quiet(self) -> None:
        """Wait until nobody telephones, and every telephone is on hook."""

        async def quiet() -> bool:
            status = await self.status()
            return not status["calls"] and all(station["state"] == "on-hook" for station in status["stations"])

        await self.until(quiet, "quiet")

    async def until(self, there: Callable[[], Awaitable[bool]], what: str, seconds: float = PATIENCE_S) -> None:
        """Wait until the coroutine function says so. AssertionError with this unit's status where it does not."""
        loop = asyncio.get_running_loop()
        last = loop.time() + seconds
        while not await there():
            assert loop.time() < last, f"no {what} within {seconds} s: {await self.status()}"
            await asyncio.sleep(_LOOK_S)

    async def last_outcome(self, line: str) -> str:
        """How the last call from this line ended, once it has."""
        found: list[str] = []

        async def ended() -> bool:
            log = await self.control.call("log", limit=50)
            found[:] = [call["outcome"] for call in log if call["line"] == line][:1]
            return bool(found and found[0])

        await self.until(ended, f"end of the call from {line}")
        return found[0]

    async def story(self) -> str:
        """Its last calls and its state, for whoever reads why a test failed."""
        calls = await self.control.call("log", limit=12)
        lines = ["{line} {direction} {called} {outcome} {cause}".format(**call) for call in calls]
        return "\n".join([*lines, str(await self.status()), self.output[-2000:]])

    async def telephone(self, port: str = "") -> Telephone:
        """The telephone on this port, to be used by nobody else; without a port, one of the outside world."""
        opened = await self.control.call("phone.open", inside=port)
        telephone = self._telephones[opened["phone"]] = Telephone(self.control, opened["phone"], self._clips)
        return telephone

    async def _watch(self) -> None:
        async for event in self.control.watch("phone"):
            self._clips |= {text: file for file, text in event.get("clips", {}).items()}
            if event.get("phone") in self._telephones:
                self._telephones[event["phone"]].take(event)


class Telephone:
    """A telephone with somebody who sees and hears what it does."""

    def __init__(self, control: ControlClient, id: int, clips: dict[str, str]) -> None:
        self.clips = clips
        self.seen: list[str] = []
        self._control = control
        self._id = id
        self._heard: list[Samples] = []
        self._news = asyncio.Event()

    def take(self, event: dict[str, Any]) -> None:
        if "sees" in event:
            self.seen.append(event["sees"])
        if "sound" in event:
            self._heard.append(np.frombuffer(base64.b64decode(event["sound"]), dtype="<i2")[1::2])
        self._news.set()

    async def lift(self) -> None:
        await self._do("lift")

    async def hang_up(self) -> None:
        await self._do("hang up")

    async def calls(self, number: str) -> None:
        """Lift, wait for dial tone, dial."""
        self.forget()
        await self.lift()
        await self.hears(350, 440)
        self.forget()
        await self._do("press", number)

    async def plays(self, file: Path) -> None:
        await self._do("play", str(file))

    def forget(self) -> None:
        """What was heard and seen until now is of no interest."""
        self._heard.clear()
        self.seen.clear()

    async def sees(self, what: str, seconds: float = PATIENCE_S) -> None:
        await self._until(lambda: what in self.seen, lambda: f"{what!r}, only {self.seen}", seconds)

    async def hears(self, *frequencies: int, seconds: float = PATIENCE_S) -> None:
        """Wait for a sound that is these tones together, and hardly anything else, for 0.4 s."""
        await self._until(
            lambda: _share(self._last(), frequencies) > 0.9, lambda: f"{frequencies} Hz, {self._spectrum()}", seconds
        )

    async def hears_words(self, text: str, seconds: float = PATIENCE_S) -> None:
        """Wait until this is heard, which is one of the unit's clips; its beginning is that of others, too."""
        clip = read_clip(Path(self.clips[text]))[SAMPLE_RATE // 2 : SAMPLE_RATE * 3 // 2]
        await self._until(
            lambda: len(self._heard) > 5 and _likeness(np.concatenate(self._heard[-12:]), clip) > 0.5,
            lambda: f"{text!r}, {self._spectrum()}",
            seconds,
        )

    def _last(self) -> Samples:
        return np.concatenate(self._heard[-2:]) if len(self._heard) >= 2 else np.zeros(3200, dtype=np.int16)

    def _spectrum(self) -> str:
        last = self._last()
        loudest = np.argsort(np.abs(np.fft.rfft(last)))[-3:] * SAMPLE_RATE / len(last)
        return f"but {sorted(loudest)} Hz at a level of {_level(last):.0f}"

    async def _until(self, there: Callable[[], bool], what: Callable[[], str], seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                while not there():
                    self._news.clear()
                    await self._news.wait()
        except TimeoutError:
            raise AssertionError(f"within {seconds} s no {what()}") from None

    async def _do(self, act: str, words: str = "") -> None:
        await self._control.call("phone.do", phone=self._id, act=act, words=words)


def _level(samples: Samples) -> float:
    return float(np.sqrt(np.mean(samples.astype(float) ** 2)))


def _likeness(samples: Samples, wanted: Samples) -> float:
    """How like the wanted sound is what is heard where it is most like it: 1 for the same, 0 for nothing of it."""
    if len(samples) < len(wanted):
        return 0.0
    heard, wanted = samples.astype(float), wanted.astype(float)
    size = len(heard) + len(wanted)
    both = np.fft.irfft(np.fft.rfft(heard, size) * np.conj(np.fft.rfft(wanted, size)), size)[: len(heard) - len(wanted)]
    energy = np.concatenate(([0.0], np.cumsum(heard**2)))
    there = energy[len(wanted) :][: len(both)] - energy[: len(both)]
    return float(np.max(both / np.sqrt((there + 1e6) * np.sum(wanted**2)), initial=0.0))


def _share(samples: Samples, frequencies: tuple[int, ...]) -> float:
    """How much of the sound's power is within 20 Hz of these frequencies; 0 where there is hardly a sound."""
    if _level(samples) < 100:
        return 0.0
    power = np.abs(np.fft.rfft(samples * np.hanning(len(samples)))) ** 2
    hertz = np.fft.rfftfreq(len(samples), 1 / SAMPLE_RATE)
    near = np.any([np.abs(hertz - frequency) < 20 for frequency in frequencies], axis=0)
    return float(power[near].sum() / power.sum())
