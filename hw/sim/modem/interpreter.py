"""The modem's command interpreter: reads lines, keeps its settings, answers as its model does.

What needs the line is handed on: dialling, answering, hanging up, and the commands of fax class 1, which are carried
out by `hw.dsp.t31`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Protocol

from hw.sim.modem.commandline import commands
from hw.sim.modem.model import ModemModel

CR, BACKSPACE = 13, 8
LONGEST_LINE = 255

FACTORY_REGISTERS = {0: 0, 2: 43, 3: 13, 4: 10, 5: 8, 6: 2, 7: 60, 8: 2, 10: 14}
"""The registers of V.250 with their values from the factory. S7 is how many seconds a carrier is waited for."""

HARMLESS = re.compile(r"[BLMNPTWXY]\d*|[&\\%][A-Z]\d*|\+(VDR|GCI|FAE|FIT|FCL|IPR|ICF|IFC|VIT|VLS)(=.*|\?)|-SDR=\d+")
"""Commands that change nothing which a stand-in has."""

DIODES_V = 1.4
"""What the two diodes in front of the meter take, which -TRV adds whether there is a line or not (Conexant 102752C)."""

CARRIER = re.compile(r"\+F(TM|RM|TH|RH)=(\d+)|\+F(TS|RS)=(\d+)")
"""The commands of class 1 that send and receive."""


class Carriers(Protocol):
    """Who does what the interpreter hands on. Each of them gives a result code later, or says data."""

    def dial(self, number: str, seconds: int) -> None: ...

    def answer(self, seconds: int) -> None: ...

    def hang_up(self) -> None: ...

    def carry(self, command: str) -> None:
        """A command of class 1."""

    def volts(self) -> float:
        """Between the two wires."""


class Interpreter:
    """The interpreter. say: lines and result codes for whoever commands the modem."""

    def __init__(self, model: ModemModel, carriers: Carriers, say: Callable[[str], None]) -> None:
        self.model = model
        """Whose ways it has."""
        self.echo = True
        """Whether commands are sent back (E)."""
        self.caller_id = 0
        """0 is off, 1 tells it as text, 2 as hexadecimal digits."""
        self.ring_kinds = False
        """Whether distinctive rings are told apart."""
        self.fax_class = 0
        """0 is data, 1 fax."""
        self.registers = dict(FACTORY_REGISTERS)
        """The registers (S)."""
        self._carriers = carriers
        self._say = say
        self._line = bytearray()

    def reset(self) -> None:
        """The settings from the factory, as after Z, &F, and when it gets power."""
        self.echo, self.caller_id, self.ring_kinds, self.fax_class = True, 0, False, 0
        self.registers = dict(FACTORY_REGISTERS)
        self._line.clear()

    def byte(self, value: int) -> None:
        """One octet of a command."""
        value &= 0x7F
        if value == CR:
            line = self._line.decode("ascii", "replace").strip()
            self._line.clear()
            if line:
                self._carry_out(line)
        elif value == BACKSPACE:
            del self._line[-1:]
        elif len(self._line) < LONGEST_LINE:
            self._line.append(value)
            at = self._line.upper().rfind(b"AT")
            if at > 0 and not self._line.upper().startswith(b"AT"):
                del self._line[:at]  # A line begins with AT, whatever was before it.

    def _carry_out(self, line: str) -> None:
        if not line.upper().startswith("AT"):
            return  # No modem answers to what does not begin with AT.
        understood = commands(line)
        if understood is None:
            self._say("ERROR")
            return
        for command in understood:
            if not self._one(command):
                self._say("ERROR")
                return
            if command[0] in "DA" or CARRIER.fullmatch(command):
                return  # The result code comes once that is done.
        self._say("OK")

    def _one(self, command: str) -> bool:
        """Carry out a command; False where it is refused."""
        if command in self.model.refuses:
            return False
        if (lines := self.model.answers.get(command)) is not None:
            for line in lines:
                self._say(line)
            return True
        kind, value = command[0], command[1:].lstrip("=")
        if kind == "S" and command[1:2].isdigit():
            return self._register(command)
        if kind in "+#-":
            return self._extended(command)
        match kind:
            case "D":
                self._carriers.dial(command[1:].lstrip("TP"), self.registers[7])
            case "A":
                self._carriers.answer(self.registers[7])
            case "H":
                self._carriers.hang_up()
            case "E":
                self.echo = value not in ("", "0")
            case "V":
                return value == "1"  # Results in digits are not spoken.
            case "Q":
                return value in ("", "0")
            case "Z":
                self.reset()
            case "I":
                return value in ("", "0", "1", "2", "3", "4", "5", "6", "7")
            case "&" if command[1:2] == "F":
                self.reset()
            case _:
                return HARMLESS.fullmatch(command) is not None
        return True

    def _register(self, command: str) -> bool:
        register, equals, value = command[1:].partition("=")
        if equals:
            self.registers[int(register)] = int(value or 0) & 0xFF
        else:
            self._say(f"{self.registers.get(int(register.rstrip('?')), 0):03}")
        return True

    def _extended(self, command: str) -> bool:
        name, _, value = command.partition("=")
        if name == "+FCLASS":
            return self._set_class(value)
        if name == "+FCLASS?":
            self._say(str(self.fax_class))
            return True
        if name in self.model.caller_id and value in ("0", "1", "2"):
            self.caller_id = int(value)
            return True
        if name.rstrip("?") in self.model.caller_id and name.endswith("?"):
            self._say(str(self.caller_id))
            return True
        if value == "?" and name in ("+FTM", "+FRM"):
            self._say(self.model.carriers)
            return True
        if value == "?" and name in ("+FTH", "+FRH"):
            self._say("3")
            return True
        if CARRIER.fullmatch(command):
            return self._carry(command)
        if name == "-TRV" and self.model.measures:
            self._say(f"{abs(self._carriers.volts()) + DIODES_V:.1f}")
            return True
        if name == "-SDR":
            self.ring_kinds = self.model.ring_kinds and value != "0"
            return self.model.ring_kinds
        return HARMLESS.fullmatch(command) is not None

    def _set_class(self, value: str) -> bool:
        if value not in ("0", "1"):
            return False
        self.fax_class = int(value)
        return True

    def _carry(self, command: str) -> bool:
        name, _, value = command.partition("=")
        known = value in self.model.carriers.split(",") if name in ("+FTM", "+FRM") else True
        if self.fax_class != 1 or not known:
            return False
        self._carriers.carry(command)
        return True
