"""A modem that is plugged in: its port, its interpreter, its carriers and its line, and what may happen to it.

    modem = StandInModem(MODELS["usr5637"], exchange.lines["5550100"].loop, exchange.plan, folder / "ttyACM0")
    modem.plug_in()
    ...                     # A program opens folder / "ttyACM0", and calls arrive at 5550100.
    modem.unplug()

It is either with its interpreter, or with the library's (`hw.dsp.t31`), which takes all that is written from the moment
that a carrier is asked for to its result code. The exchange must tick in real time where the program does.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from hw.callerid.coding import CallerId
from hw.dsp.t31 import T31, CallEvent, LineRequest
from hw.sim.loop import SubscriberLoop
from hw.sim.modem.callerid import as_digits, as_text
from hw.sim.modem.delivery import END, FINAL, RESULTS, CarrierData
from hw.sim.modem.device import XOFF, XON, SerialPort
from hw.sim.modem.faults import ModemFaults
from hw.sim.modem.interpreter import Interpreter
from hw.sim.modem.model import ModemModel
from hw.sim.modem.phone import ModemPhone
from hw.tones.toneplan import TonePlan

_FAX_MODE = b"ATE0V1+FCLASS=1\r"


class ProgramPort(Protocol):
    """Where commands come from, and answers go."""

    def write(self, data: bytes) -> None: ...

    def pause(self, asked: bool, *, software: bool) -> None: ...

    def unplug(self) -> None: ...


PortMaker = Callable[[Path, Callable[[bytes], None], Callable[[], None]], ProgramPort]
"""Makes the port of this name. Called are: for each piece that is written, and when the last program has closed it."""


class StandInModem:
    """The modem of a model on this line, in parallel with what the line has already. link: how its port is called.
    made: another kind of port than a pseudo-terminal."""

    def __init__(
        self, model: ModemModel, loop: SubscriberLoop, plan: TonePlan, link: Path, *, made: PortMaker = SerialPort
    ) -> None:
        self.model = model
        """Which one it is."""
        self.loop = loop
        """The wires it is on."""
        self.link = link
        """The name of its port. It may come back under another."""
        self.faults = ModemFaults()
        """What is wrong with it."""
        self.calls = 0
        """How often it has dialled or answered."""
        self.port: ProgramPort | None = None
        """Its port while it is plugged in."""
        self._made = made
        self._phone = ModemPhone(loop, plan, self)
        self._interpreter = Interpreter(model, self, self._result)
        self._t31: T31 | None = None
        self._online = False
        self._dialling = False
        self._command = ""
        self._delivery: CarrierData | None = None
        self._newline_due = False
        self._pausing = False
        self._rings = 0
        self._timers: set[asyncio.TimerHandle] = set()
        self._carrier_due: asyncio.TimerHandle | None = None

    @property
    def off_hook(self) -> bool:
        """It has the line."""
        return self._phone.off_hook

    @property
    def ring_kinds(self) -> bool:
        """The program has asked for the kinds of rings."""
        return self._interpreter.ring_kinds

    def plug_in(self, link: Path | None = None) -> None:
        """It gets power, with its settings from the factory; under another name, if one is given."""
        self.link = link or self.link
        self._interpreter.reset()
        self._phone.plug_in()
        self.port = self._made(self.link, self._received, self._port_closed)

    def unplug(self, *, cures: bool = True) -> None:
        """Its plug is pulled out, whatever it does. Harmless where it is out. cures: it has lost its power, too, which
        USB gives to a device that is reset."""
        if self.port is None:
            return
        if cures:
            self.faults.cure("unplugging")
        self._end_call()
        for timer in self._timers:
            timer.cancel()
        self._timers.clear()
        self._phone.pull_out()
        self.port.unplug()
        self.port = None

    # What the program writes.

    def _received(self, data: bytes) -> None:
        if self.faults.hangs:
            return
        at = 0
        while at < len(data):
            if self._online:
                self._to_carrier(data[at:])
                return
            octet = data[at : at + 1]
            at += 1
            if self.model.flow == "software" and octet in (XON, XOFF):
                continue
            if self._interpreter.echo:
                self._say(octet)
            self._interpreter.byte(octet[0])

    def _to_carrier(self, data: bytes) -> None:
        """To the library: data to be sent, or, where it listens, an octet that stops it."""
        if self._dialling:
            self._end_call()
            self._result("NO CARRIER")
        elif self._delivery is not None and data.strip(XON + XOFF) == b"":
            return  # A program that pauses the modem does not stop it.
        elif self._t31 is not None and not (self._pausing and self.faults.overruns):
            self._t31.command(data)

    def _port_closed(self) -> None:
        """DTR has dropped: as with &D2, the call is over."""
        self.faults.cure("closing")
        self._end_call()

    # What the interpreter hands on.

    def dial(self, number: str, seconds: int) -> None:
        self._begin("D")
        self._dialling = True
        self._phone.dial(number, self._dialled)
        self._carrier_in_time(seconds)

    def answer(self, seconds: int) -> None:
        if self.faults.refuses_answer or self._interpreter.fax_class != 1:
            self._result("ERROR" if self.faults.refuses_answer else "NO CARRIER")
            return
        t31 = self._begin("A")
        self._phone.lift()
        self._phone.carrier = t31
        t31.command(b"ATA\r")
        t31.event(CallEvent.ANSWERED)
        self._carrier_in_time(seconds)

    def hang_up(self) -> None:
        self._end_call()

    def carry(self, command: str) -> None:
        if self._t31 is None:
            self._result("ERROR")
            return
        name, _, value = command.partition("=")
        self._online, self._command = True, name
        if name == "+FRM" and int(value) in self.faults.silent_carriers:
            self._delivery = CarrierData(self.faults, frames=False)
            return
        self._t31.command(f"AT{command}\r".encode())

    def volts(self) -> float:
        return self.loop.volts

    # What the line tells.

    def ring(self, kind: int) -> None:
        self._rings += 1
        self._result("RING" if not kind else f"RING {'ABC'[min(kind, 3) - 1]}")
        answers_at = self._interpreter.registers[0]
        if answers_at and self._rings >= answers_at:
            self.answer(self._interpreter.registers[7])

    def caller(self, caller: CallerId, message: bytes) -> None:
        mode = self._interpreter.caller_id
        if not mode or not self.model.hears_caller_id:
            return
        digits = mode == 2 and message
        lines = [as_digits(message)] if digits else as_text(caller, message, spaced=self.model.spaced)
        self._result("\r\n".join(lines))

    def busy(self) -> None:
        self._finish(CallEvent.BUSY)

    def far_end_gone(self) -> None:
        """The battery was away. The program is told where it waits for something."""
        if self._dialling:
            self._dialled(False)
        elif self._online:
            self._finish(CallEvent.HANGUP)
        else:
            self._end_call()

    # The call.

    def _begin(self, command: str) -> T31:
        self._end_call()
        self.calls += 1
        self._rings = 0
        self._t31 = t31 = T31(self._from_carrier, self._asked)
        t31.command(_FAX_MODE)
        self._online, self._command = True, command
        return t31

    def _dialled(self, dial_tone: bool) -> None:
        self._dialling = False
        t31 = self._t31
        if not dial_tone or t31 is None:
            self._end_call()
            self._result("NO DIALTONE")
            return
        if self._interpreter.fax_class != 1:
            return  # Nobody at the other end speaks as data modems do: NO CARRIER, in time.
        self._phone.carrier = t31
        t31.command(b"ATD1\r")  # The number was dialled already; the library need not know it.
        t31.event(CallEvent.CONNECTED)

    def _carrier_in_time(self, seconds: int) -> None:
        loop = asyncio.get_running_loop()
        self._carrier_due = loop.call_later(seconds, self._finish, CallEvent.HANGUP)

    def _finish(self, event: CallEvent) -> None:
        """The call ends by itself, with a result code."""
        if self._delivery is not None and not self._delivery.over:
            self._say(END)
        self._end_call()
        self._result("BUSY" if event is CallEvent.BUSY else "NO CARRIER")

    def _end_call(self) -> None:
        self._phone.hang_up()
        self._t31 = self._delivery = None
        self._online = self._dialling = self._newline_due = False
        if self._pausing:
            self._asked(LineRequest.CTS, "1")
        self._rings = 0
        if self._carrier_due is not None:
            self._carrier_due.cancel()
            self._carrier_due = None

    # What the library says and wants.

    def _from_carrier(self, piece: bytes) -> None:
        if not self._online:
            return  # Its answers to our own commands.
        if self._newline_due:
            self._newline_due = False
            return
        if self._delivery is not None and not self._delivery.over:
            self._say(self._delivery.take(piece))
            return
        word = piece.decode("latin-1")
        if word in RESULTS:
            self._carrier_result(word)

    def _carrier_result(self, word: str) -> None:
        self._delivery = None
        if word in FINAL:
            self._online = False
        elif self._command in ("D", "A"):
            self._connected()
        if word == "CONNECT" and self._command in ("D", "+FRH", "+FRM"):
            self._delivery = CarrierData(self.faults, frames=self._command != "+FRM")
            self._newline_due = True
        self._result(word)

    def _connected(self) -> None:
        self._phone.connected()
        if self._carrier_due is not None:
            self._carrier_due.cancel()
            self._carrier_due = None

    def _asked(self, request: LineRequest, value: str) -> None:
        if request is LineRequest.CTS and self.port is not None:
            self._pausing = value == "0"
            if not self.faults.overruns:
                self.port.pause(self._pausing, software=self.model.flow == "software")

    # To the program.

    def _result(self, line: str) -> None:
        faults = self.faults
        if faults.mute:
            return
        said = faults.noise + f"\r\n{line}\r\n".encode("latin-1", "replace")
        if faults.twice:
            said += said
        if not faults.late_s:
            self._say(said)
            return

        def later() -> None:
            self._timers.discard(timer)
            self._say(said)

        timer = asyncio.get_running_loop().call_later(faults.late_s, later)
        self._timers.add(timer)

    def _say(self, data: bytes) -> None:
        if self.port is not None and not self.faults.hangs and data:
            self.port.write(data)
