"""The telephones people can use while the unit runs on the built-in exchange: the daemon's side of `copperdesk phone`.

Methods: `phone.open` gives a telephone, an outside one with its own number or one of the office's; `phone.do` does one
line on it and answers when it is done; `phone.alive` keeps it; `phone.close` hangs up and gives it back. The topic
`phone` tells what every open telephone hears and sees. Recognition works off the loop, a fifth of a second at a time.
"""

from __future__ import annotations

import asyncio
import base64
import itertools
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from appliance.clock import off_loop
from appliance.control.errors import ControlError
from appliance.control.params import Param
from appliance.control.server import ControlServer
from appliance.media.wavfile import AudioFileError, load_wav
from appliance.office.phrase import Words
from appliance.prompts.library import PromptLibrary
from appliance.prompts.synthesis import SynthesisFailed
from appliance.scenario.actions import Tone
from appliance.scenario.clipbook import ClipBook
from appliance.scenario.commands import Command, read_command
from appliance.scenario.mistakes import MistakeFound
from appliance.scenario.party import DIAL_TONE_S, Party
from appliance.simulated import FIRST_NUMBER as MAIN_NUMBER
from hw.audio import SILENCE, Frame, Samples
from hw.linecard import LineError
from hw.sim.exchange import Exchange
from hw.sim.telephone import Telephone
from hw.toneplan import TonePlan

FIRST_NUMBER = 4075550123
CALLER_NAME = "JANE ROE"
MOST_TELEPHONES = 8

_NO_DATE = datetime(2000, 1, 1, tzinfo=UTC)
"""Free text has no dates to be spoken."""

_LISTEN_S = 0.2
_DESERTED_S = 30.0
"""A console that was not heard of for so long is gone, and its telephone is hung up."""


class Console(Party):
    """A telephone on loan. Its ear works off the loop: `listen` hands it what came in meanwhile."""

    def __init__(
        self,
        id: int,
        name: str,
        telephone: Telephone,
        book: ClipBook,
        plan: TonePlan,
        tell: Callable[[str, float, str], None],
        sound: bool,
    ) -> None:
        super().__init__(name, telephone, book, plan, tell)
        self.id = id
        self.began = self.alive = self.now_s
        self.with_sound = sound
        self._frames: list[tuple[Frame, float]] = []
        self._hung_up = False
        self._dial_tone = False
        self._told: list[tuple[str, float, str]] = []
        self._pairs: list[tuple[Frame, Frame]] = []
        self._said = SILENCE
        self._speak, self._tell = self._tell, lambda *told: self._told.append(told)

    def hang_up(self) -> None:
        self._acts()
        self.telephone.hang_up()
        self._hung_up = True

    def close(self) -> None:
        """Give the telephone back."""
        self.telephone.hang_up()
        self.telephone.listeners.remove(self._hear)
        self.telephone.mouth_listeners.remove(self._say)
        self.telephone.observers.remove(self._see)

    async def has_dial_tone(self) -> bool:
        return await self.until(lambda: self._dial_tone, DIAL_TONE_S)

    async def listen(self) -> None:
        """Let the ear work on what it got, off the loop, and tell what it heard."""
        frames, self._frames = self._frames, []
        hung_up, self._hung_up = self._hung_up, False
        if frames or hung_up:
            await off_loop(self._work, frames, hung_up)
        told, self._told = self._told, []
        for one in told:
            self._speak(*one)

    def take_sound(self) -> Samples:
        """What was said and heard since the last time, as stereo."""
        pairs, self._pairs = self._pairs, []
        both = [np.stack(pair, axis=1).reshape(-1) for pair in pairs]
        return np.concatenate(both) if both else np.zeros(0, np.int16)

    def _work(self, frames: list[tuple[Frame, float]], hung_up: bool) -> None:
        for frame, at in frames:
            self.ear.feed(frame, at)
        if hung_up:
            self.ear.finish()
        self._dial_tone = self.finds(Tone("dial tone"))

    def _hear(self, frame: Frame) -> None:
        """A tick: what it says comes before what it hears."""
        self._frames.append((frame, self.now_s))
        if self.with_sound:
            self._pairs.append((self._said, frame))
        self._said = SILENCE

    def _say(self, frame: Frame) -> None:
        self._said = frame


class PhoneBooth:
    """Lends the exchange's telephones over the control socket.

    prompts: speaks what callers say, and holds what they can recognise. main_number: what `call` alone dials.
    """

    def __init__(
        self, exchange: Exchange, prompts: PromptLibrary, plan: TonePlan, main_number: str = str(MAIN_NUMBER)
    ) -> None:
        self._exchange = exchange
        self._main_number = main_number
        self._prompts = prompts
        self._plan = plan
        self._book = ClipBook()
        self._known: set[str] = set()
        self._ids = itertools.count(1)
        self._consoles: dict[int, Console] = {}
        self._listeners: dict[int, asyncio.Task[None]] = {}
        self._publish: Callable[[dict[str, Any]], None] = lambda event: None

    def offer(self, control: ControlServer) -> None:
        """Put the methods and the topic on the socket."""
        session = {"phone": Param(int)}
        control.method("phone.open", self.open, {"inside": Param(str, ""), "sound": Param(bool, False)})
        control.method("phone.do", self.do, {**session, "line": Param(str)})
        control.method("phone.alive", self.stay, session)
        control.method("phone.close", self.close_one, session)
        control.topic("phone", lambda: {"open": sorted(self._consoles)})
        self._publish = lambda event: control.publish("phone", event)

    async def open(self, params: dict[str, Any]) -> dict[str, Any]:
        """A telephone: `inside` names one of the office's by its port, otherwise it is an outside one."""
        if len(self._consoles) >= MOST_TELEPHONES:
            raise ControlError("too-many-phones", f"{MOST_TELEPHONES} telephones are in use already")
        inside = params["inside"]
        telephone = self._inside(inside) if inside else self._outside()
        await self._learn()
        id = next(self._ids)
        console = Console(id, telephone.name, telephone, self._book, self._plan, self._teller(id), params["sound"])
        self._consoles[id] = console
        self._listeners[id] = asyncio.create_task(self._listen(console), name=f"ear of telephone {telephone.name}")
        return {"phone": id, "number": telephone.name}

    async def do(self, params: dict[str, Any]) -> dict[str, Any]:
        """One line of `appliance.scenario.commands`; answers when it is done."""
        console = self._console(params)
        try:
            await self._carry_out(console, read_command(params["line"]))
        except MistakeFound as found:
            meant = f"; did you mean {found.mistake.suggestion!r}?" if found.mistake.suggestion else ""
            raise ControlError("not-understood", f"{found.mistake.reason}{meant}") from found
        except (LineError, AudioFileError, ValueError) as error:
            raise ControlError("cannot-do", str(error)) from error
        except SynthesisFailed as error:
            raise ControlError("voice-failed", str(error)) from error
        return {"off_hook": console.telephone.off_hook}

    async def stay(self, params: dict[str, Any]) -> None:
        self._console(params).alive = asyncio.get_running_loop().time()

    async def close_one(self, params: dict[str, Any]) -> None:
        """Hang up and give the telephone back, once all that was heard has been told."""
        console = self._console(params)
        console.hang_up()
        await asyncio.sleep(2 * _LISTEN_S)
        await self._end(console.id)

    async def close(self) -> None:
        """Take all telephones back."""
        for id in list(self._consoles):
            await self._end(id)

    async def _end(self, id: int) -> None:
        task = self._listeners.pop(id, None)
        if task is not None and task is not asyncio.current_task():
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        console = self._consoles.pop(id, None)
        if console is not None:
            console.close()

    async def _listen(self, console: Console) -> None:
        while console.now_s - console.alive < _DESERTED_S:
            await asyncio.sleep(_LISTEN_S)
            await console.listen()
            if console.with_sound and len(sound := console.take_sound()):
                data = base64.b64encode(sound.astype("<i2").tobytes()).decode("ascii")
                self._publish({"phone": console.id, "sound": data})
        await self._end(console.id)

    async def _carry_out(self, console: Console, command: Command) -> None:
        console.alive = console.now_s
        words = command.words
        match command.name:
            case "call":
                await console.call(words or self._main_number)
            case "lift":
                console.lift()
            case "hang up":
                console.hang_up()
            case "press" | "dial":
                await console.press(words)
            case "flash":
                console.flash(None)
            case "wait":
                await self._wait(console, command.seconds)
            case "say":
                await self._prompts.prepare([Words(words)])
                await self._learn()
                await console.say(np.concatenate(self._prompts.clips([Words(words)], _NO_DATE)), words)
            case "play":
                samples = await off_loop(load_wav, Path(words))
                await console.say(samples)

    async def _wait(self, console: Console, seconds: float) -> None:
        end = console.now_s + seconds
        while console.now_s < end:
            console.alive = console.now_s
            await asyncio.sleep(min(_DESERTED_S / 2, end - console.now_s))

    async def _learn(self) -> None:
        """Put every clip the prompts hold into the book."""
        new = {text: samples for text, samples in self._prompts.texts.items() if text not in self._known}
        self._known |= new.keys()
        if new:
            await off_loop(_add, self._book, new)

    def _teller(self, id: int) -> Callable[[str, float, str], None]:
        def tell(_who: str, at_s: float, what: str) -> None:
            console = self._consoles.get(id)
            began = console.began if console is not None else at_s
            self._publish({"phone": id, "at": round(at_s - began, 2), "what": what})

        return tell

    def _console(self, params: dict[str, Any]) -> Console:
        console = self._consoles.get(params["phone"])
        if console is None:
            raise ControlError("no-such-phone", "this telephone was given back, or never taken")
        return console

    def _inside(self, name: str) -> Telephone:
        ports = [port.name for port in self._exchange.card.fxs]
        if name not in ports:
            raise ControlError("no-such-phone", f"there is no telephone {name!r}; there are {', '.join(ports)}")
        self._must_be_free(name)
        return self._exchange.telephones[name]

    def _outside(self) -> Telephone:
        used = {console.telephone.name for console in self._consoles.values()}
        number = next(str(n) for n in itertools.count(FIRST_NUMBER) if str(n) not in used)
        known = self._exchange.telephones.get(number)
        return known or self._exchange.subscriber(number, CALLER_NAME)

    def _must_be_free(self, name: str) -> None:
        if any(console.telephone.name == name for console in self._consoles.values()):
            raise ControlError("in-use", f"somebody uses the telephone {name} already")


def _add(book: ClipBook, clips: dict[str, Samples]) -> None:
    for text, samples in clips.items():
        book.add(text, samples)
