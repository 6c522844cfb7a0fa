"""The telephones people can use at the machine or in a browser: the daemon's side of `copperdesk phone`.

`phone.choices` tells what there is. `phone.open` gives a telephone: an outside one, which calls over the built-in
exchange or the test line, or one of the office's on that exchange. `phone.do` does one thing with it and answers when
it is done. `phone.alive` keeps it. `phone.close` hangs up and gives it back. The topic `phone` first gives what is
needed to recognise what is heard, above all the clips, and then the events of every `ConsoleTelephone`. The daemon
recognises nothing itself, as that takes more time and memory than all the calls. What is heard and said in a browser
passes by the `SoundSocket`.
"""

from __future__ import annotations

import asyncio
import base64
import itertools
from collections.abc import Callable, Collection
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from appliance.clock import off_loop
from appliance.control.connection import when_client_goes
from appliance.control.errors import ControlError
from appliance.control.params import Param
from appliance.control.server import ControlServer
from appliance.office.languages import DEFAULT_LANGUAGE
from appliance.office.model import Office
from appliance.office.phrase import Words
from appliance.prompts.languages import language
from appliance.prompts.library import PromptLibrary
from appliance.prompts.synthesis import SynthesisFailed
from appliance.simulated import FIRST_NUMBER
from appliance.testphone.choices import FIRST_CALLER, Choices, Opened, choices, who_calls
from appliance.testphone.directphone import DirectTelephone
from appliance.testphone.faxing import received_file, send_file
from appliance.testphone.soundsocket import SoundSocket, SoundStream
from appliance.testphone.telephone import ConsoleTelephone
from appliance.testphone.testline import TestLine
from appliance.wav.loading import AudioFileError, load_wav
from hw.callerid.coding import CallerId
from hw.linecard import LineError
from hw.nearest import nearest
from hw.said import told_by
from hw.sim.exchange import Exchange
from hw.sim.telephone import Telephone
from hw.tones.toneplan import TonePlan

CALLER_NAME = "JANE ROE"
MOST_CONSOLE_TELEPHONES = 8

_NO_DATE = datetime(2000, 1, 1, tzinfo=UTC)
"""Free text has no dates to be spoken."""

_DESERTED_S = 30.0
"""A console that has sent nothing for so long is taken to be gone, and its telephone is hung up."""


ON_HOOK_S = 0.2
"""A telephone must be on hook for the longest hook flash and this much longer to be hung up for certain."""

OPENING = {
    "inside": Param(str, ""),
    "line": Param(str, ""),
    "number": Param(str, ""),
    "name": Param(str, ""),
    "withheld": Param(bool, False),
    "stream": Param(bool, False),
}


class TestPhones:
    """Offers the exchange's telephones on the control socket.

    prompts: speaks what callers say, and names the clips they can recognise. main_number: what callers dial for the
    office. office: the one in use; None where there is none. sound: where the sound of those in a browser passes.
    test_line: for calls to lines that are not the exchange's.
    """

    def __init__(
        self,
        exchange: Exchange,
        prompts: PromptLibrary,
        plan: TonePlan,
        main_number: str = str(FIRST_NUMBER),
        office: Callable[[], Office | None] = lambda: None,
        sound: SoundSocket | None = None,
        test_line: TestLine | None = None,
    ) -> None:
        self._exchange = exchange
        self._main_number = main_number
        self._office = office
        self._sound = sound
        self._test_line = test_line
        self._prompts = prompts
        self._plan = plan
        self._told = self._files()
        self._ids = itertools.count(1)
        self._telephones: dict[int, ConsoleTelephone] = {}
        self._deserted: dict[int, asyncio.TimerHandle] = {}
        self._publish: Callable[[dict[str, Any]], None] = lambda event: None

    def offer(self, control: ControlServer) -> None:
        """Put the methods and the topic on the socket."""
        session = {"phone": Param(int)}
        control.method("phone.choices", self.choices, {})
        control.method("phone.open", self.open, OPENING)
        control.method("phone.do", self.do, {**session, "act": Param(str), "words": Param(str, "")})
        control.method("phone.alive", self.stay, session)
        control.method("phone.close", self.close_one, session)
        control.topic("phone", self.state)
        self._publish = lambda event: control.publish("phone", event)

    def state(self) -> dict[str, Any]:
        """`clips` are texts by their files; an event with `clips` tells of more."""
        return {
            "open": sorted(self._telephones),
            "country": self._plan.country,
            "main_number": self._main_number,
            "clips": dict(self._told),
        }

    async def choices(self, _params: dict[str, Any]) -> Choices:
        """The lines of the office that can be called, and its telephones that can be used."""
        return choices(self._office(), {port.name for port in self._exchange.card.fxs})

    async def open(self, params: dict[str, Any]) -> Opened:
        """Give a telephone: one of the office's, if `inside` names it by port or name, otherwise an outside one.

        line: the port of the line of the office that it calls; empty: the first one. number, name, withheld: who calls,
        as the office is told; empty: a number and name of its own. stream: its sound passes by the `SoundSocket`.
        ControlError `too-many-phones`, `no-such-phone`, `no-such-line`, `in-use` or `not-understood`.
        """
        if len(self._telephones) >= MOST_CONSOLE_TELEPHONES:
            raise ControlError("too-many-phones", f"{MOST_CONSOLE_TELEPHONES} telephones are in use already")
        inside = params["inside"]
        dials = ""
        if inside:
            telephone: Telephone | DirectTelephone = self._inside(inside)
        else:
            telephone, dials = self._outside(params["line"], who_calls(params))
        self._tell_new_clips()
        id = next(self._ids)
        stream = SoundStream(partial(self._end, id)) if params["stream"] and self._sound is not None else None
        self._telephones[id] = ConsoleTelephone(id, telephone, self._publish, stream, dials)
        if stream is not None and self._sound is not None:
            self._sound.expect(stream)
        self._keep(id)
        if (then := when_client_goes.get(None)) is not None:
            then(partial(self._end, id))
        return Opened(phone=id, number=telephone.name, ticket=stream.ticket if stream is not None else "")

    async def do(self, params: dict[str, Any]) -> dict[str, Any]:
        """`act` is call, lift, hang up, press, flash, say, play, send fax or receive fax; `words`: keys, words or a
        file's whole path.

        Returns whether it is off hook then, when it acted, in seconds since it was opened, and the `fax` received, a
        TIFF file as base64. ControlError `cannot-do`, `voice-failed`, `no-such-phone` or `not-understood`.
        """
        phone = self._telephone(params)
        self._keep(phone.id)
        fax: dict[str, Any] = {}
        try:
            match params["act"]:
                case "send fax":
                    await send_file(phone, Path(params["words"]))
                case "receive fax":
                    fax["fax"] = base64.b64encode(await received_file(phone)).decode("ascii")
                case act:
                    await self._carry_out(phone, act, params["words"])
        except (LineError, AudioFileError, ValueError) as error:
            raise ControlError("cannot-do", told_by(error)) from error
        except SynthesisFailed as error:
            raise ControlError("voice-failed", told_by(error)) from error
        return {"off_hook": phone.telephone.off_hook, "acted_at": phone.acted_at, **fax}

    async def stay(self, params: dict[str, Any]) -> None:
        self._keep(self._telephone(params).id)

    async def close_one(self, params: dict[str, Any]) -> None:
        """Hang up and give the telephone back."""
        self._end(self._telephone(params).id)

    async def close(self) -> None:
        """Take all telephones back."""
        for id in list(self._telephones):
            self._end(id)

    def _keep(self, id: int) -> None:
        """Give it more time. One whose sound passes goes with its connection."""
        if id in self._deserted:
            self._deserted[id].cancel()
        self._deserted[id] = asyncio.get_running_loop().call_later(_DESERTED_S, self._look, id)

    def _look(self, id: int) -> None:
        phone = self._telephones[id]
        if phone.stream is not None and phone.stream.connected:
            self._keep(id)
        else:
            self._end(id)

    def _end(self, id: int) -> None:
        """Take a telephone back. Harmless when it was given back already."""
        if id in self._telephones:
            self._deserted.pop(id).cancel()
            phone = self._telephones.pop(id)
            phone.close()
            if phone.stream is not None and self._sound is not None:
                self._sound.forget(phone.stream)

    async def _carry_out(self, phone: ConsoleTelephone, act: str, words: str) -> None:
        match act:
            case "call":
                await phone.call()
            case "lift":
                phone.lift()
            case "hang up":
                phone.hang_up()
                # If it were lifted again sooner, the exchange would take this for a hook flash.
                await asyncio.sleep(max(self._plan.flash_accept_ms) / 1000 + ON_HOOK_S)
            case "press":
                await phone.press(words)
            case "flash":
                phone.flash()
            case "say":
                spoken = next(iter(self._prompts.languages), language(DEFAULT_LANGUAGE))
                await self._prompts.prepare([Words(words)], [spoken])
                self._tell_new_clips()
                await phone.say(np.concatenate(self._prompts.clips([Words(words)], _NO_DATE, spoken)), words)
            case "play":
                await phone.say(await off_loop(load_wav, Path(words)))
            case _:
                raise ControlError("not-understood", f"no telephone can {act!r}")

    def _tell_new_clips(self) -> None:
        """What another telephone says, or an office loaded meanwhile."""
        known, self._told = self._told, self._files()
        new = {file: text for file, text in self._told.items() if file not in known}
        if new:
            self._publish({"clips": new})

    def _files(self) -> dict[str, str]:
        """The text of every clip that is loaded, by its file."""
        return {
            str(self._prompts.path(language, text).absolute()): text
            for language in self._prompts.languages
            for text in self._prompts.texts(language)
        }

    def _telephone(self, params: dict[str, Any]) -> ConsoleTelephone:
        phone = self._telephones.get(params["phone"])
        if phone is None:
            raise ControlError("no-such-phone", "this telephone was given back, or never taken")
        return phone

    def _inside(self, wanted: str) -> Telephone:
        """The telephone of the office with this port or name. ControlError where there is none or it is in use."""
        ports = [port.name for port in self._exchange.card.fxs]
        office = self._office()
        stations = office.stations if office is not None else ()
        names = {station.name: station.port for station in stations if station.port in ports}
        name = names.get(wanted, wanted)
        if name not in ports:
            there = [f"{port} ({', '.join(n for n, p in names.items() if p == port) or 'no name'})" for port in ports]
            near = nearest(wanted, [*ports, *names])
            meant = f" (did you mean {near!r}?)" if near else ""
            reason = f"there is no telephone {wanted!r}{meant}; there are {', '.join(there)}"
            raise ControlError("no-such-phone", reason)
        if any(phone.telephone.name == name for phone in self._telephones.values()):
            raise ControlError("in-use", f"somebody uses the telephone {name} already")
        return self._exchange.telephones[name]

    def _outside(self, line: str, caller: CallerId | None) -> tuple[Telephone | DirectTelephone, str]:
        """A telephone outside, and what it dials for this line. ControlError where the line cannot be called.

        caller: who calls, as the office is told; None: whose the telephone is.
        """
        over = next((trunk for trunk in self._exchange.card.fxo if trunk.name == line), None)
        used = {phone.telephone.name for phone in self._telephones.values()}
        if line and over is None:
            return self._on_test_line(line, caller or CallerId(str(FIRST_CALLER), CALLER_NAME), used), ""
        number = next(str(n) for n in itertools.count(FIRST_CALLER) if str(n) not in used)
        telephone = self._exchange.telephones.get(number) or self._exchange.subscriber(number, CALLER_NAME)
        circuit = self._exchange.lines[number]
        circuit.name = caller.name if caller is not None else CALLER_NAME
        circuit.told_number = caller.number if caller is not None else ""
        circuit.shown = "private" if caller is not None and caller.number_absence is not None else "shown"
        called = next((one.number for one in self._exchange.lines.values() if over and one.loop is over.loop), "")
        return telephone, called or self._main_number

    def _on_test_line(self, line: str, caller: CallerId, used: Collection[str]) -> DirectTelephone:
        office = self._office()
        if self._test_line is None or office is None or all(trunk.port != line for trunk in office.trunks):
            raise ControlError("no-such-line", f"there is no line {line!r}")
        telephone = self._test_line.be(line, caller)
        if telephone.name in used:
            raise ControlError("in-use", "somebody uses the test line already")
        return telephone
