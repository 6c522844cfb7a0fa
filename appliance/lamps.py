"""The lamps and the buzzer: the unit's LEDs, and the lamps of telephones. They show how things are, whatever led to it.

Everything is worked out anew at each change, from the counts of the mailboxes and the states of the lines, so that no
event can be missed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from appliance.calls.faults import Faults
from appliance.calls.faxroom import FaxRoom
from appliance.calls.guard import standing_now
from appliance.calls.lines import Lines
from appliance.calls.mail import MailRoom
from appliance.calls.services import Services
from appliance.calls.station import StationState
from appliance.calls.trunk import TrunkLine
from appliance.calls.trunk_protocol import State
from appliance.office.lines import Reminder
from appliance.office.model import Office
from appliance.office.standing import When
from hw.panel.buzzer import Beeps, Buzzer, BuzzerError
from hw.panel.command import LampCommand
from hw.panel.led import Led, LedError, LedPattern
from hw.said import told_by

TELL_OF_MESSAGES = (LedPattern.SLOW, LedPattern.FAST)


@dataclass(frozen=True, slots=True)
class Signs:
    """What a unit may have besides its message lamp to tell people something."""

    of_mailbox: Mapping[str, Led] = field(default_factory=dict)
    """LEDs by the id of the owner of the mailbox that each tells of."""
    of_line: Mapping[str, Led] = field(default_factory=dict)
    """LEDs by the port of the line to the exchange that each tells of."""
    buzzer: Buzzer | None = None
    """What is heard at the desk."""
    command: LampCommand | None = None
    """Any other lamp, which shows what the message lamp shows."""
    faults: Sequence[str] = ()
    """Which of them cannot be used, and why, in sentences for people."""

    def close(self) -> None:
        """Dark and silent for good."""
        for led in (*self.of_mailbox.values(), *self.of_line.values()):
            led.close()
        for other in (self.buzzer, self.command):
            if other is not None:
                other.close()


class Lamps:
    """led: the message lamp. signs: what there is besides."""

    def __init__(self, faults: Faults, led: Led, signs: Signs | None) -> None:
        self._faults = faults
        self._known_faults: set[str] = set()
        self._told: dict[int, str] = {}  # What was told of an LED or a buzzer that cannot be switched, by its `id`.
        self._unusable: Sequence[str] = ()
        self.use(led, signs or Signs())

    def use(self, led: Led, signs: Signs) -> None:
        """Use these from now on, in place of those before, which are closed already."""
        over, self._told = [*self._told.values(), *self._unusable], {}
        self._led, self.signs = led, signs
        self._unusable = signs.faults
        if signs.command is not None:
            signs.command.on_fault = self._command_failed
        for told in over:
            self._faults.withdraw(told)
        for told in signs.faults:
            self._faults.report(told)

    @property
    def pattern(self) -> LedPattern:
        """What the unit's LED shows."""
        return self._led.pattern

    @property
    def lit(self) -> bool:
        """Whether the unit's LED tells of messages."""
        return self._led.pattern in TELL_OF_MESSAGES

    def show(self, office: Office, mail: MailRoom, faxes: FaxRoom, lines: Lines) -> None:
        """Light or darken every telephone, by all people it belongs to, and the LEDs."""
        for name, line in lines.stations.items():
            people = [person for person in office.people if person.station == name]
            waiting = any(mail.new_for(person, office) or faxes.new_for(person, office) for person in people)
            line.set_lamp(waiting and Reminder.LAMP in line.facts.reminders)
        self.show_leds(mail, faxes)

    def show_leds(self, mail: MailRoom, faxes: FaxRoom) -> None:
        """Messages and faxes first: a fault that lasts for days must not hide them."""
        new, urgent = mail.any_new or faxes.any_new, mail.any_urgent
        fault = LedPattern.DOUBLE if self._faults.now else LedPattern.OFF
        self._show(self._led, _of_messages(new, urgent) if new else fault)
        if self.signs.command is not None:
            self.signs.command.show(self._led.pattern)
        for mailbox, led in self.signs.of_mailbox.items():
            counts = mail.counts(mailbox)
            new = bool(counts.new or faxes.counts(mailbox).new)
            self._show(led, _of_messages(new, bool(counts.urgent)))

    def follow(self, services: Services, office: Office) -> None:
        """Show how the lines are, and let the buzzer tell what it should."""
        trunks = {trunk.port: trunk for trunk in services.lines.trunks}
        for port, led in self.signs.of_line.items():
            self._show(led, _of_line(trunks[port]) if port in trunks else LedPattern.DOUBLE)
        if self.signs.buzzer is not None:
            self._buzz(self.signs.buzzer, services, office)

    def beep(self, beeps: Beeps) -> None:
        """Have the buzzer tell this once, where there is one that is silent."""
        if self.signs.buzzer is not None and self.signs.buzzer.beeps is None:
            self._sound(self.signs.buzzer, beeps)

    def _buzz(self, buzzer: Buzzer, services: Services, office: Office) -> None:
        rings = office.panel.buzzer_rings and _rings_at_desk(services.lines, office)
        new_fault = bool(set(self._faults.now) - self._known_faults) and office.panel.buzzer_faults
        self._known_faults = set(self._faults.now)
        quiet = not (rings or new_fault) or standing_now(services, office).what in (When.CLOSED, When.HOLIDAY)
        wanted = Beeps.RINGING if rings and not quiet else None
        if buzzer.beeps is not wanted:
            self._sound(buzzer, wanted)
        if new_fault and not quiet:
            self.beep(Beeps.FAULT)

    def _sound(self, buzzer: Buzzer, beeps: Beeps | None) -> None:
        self._switch(buzzer, lambda: buzzer.sound(beeps))

    def _show(self, led: Led, pattern: LedPattern) -> None:
        self._switch(led, lambda: led.show(pattern))

    def _switch(self, what: Led | Buzzer, do: Callable[[], None]) -> None:
        """Switch one of them. That it cannot be is told until it can."""
        before, told = self._told.pop(id(what), ""), ""
        try:
            do()
        except (LedError, BuzzerError) as error:
            told = self._told[id(what)] = told_by(error)
        if before and before != told:
            self._faults.withdraw(before)
        if told:
            self._faults.report(told)

    def _command_failed(self, fault: str, there: bool) -> None:
        (self._faults.report if there else self._faults.withdraw)(fault)


def _of_messages(new: bool, urgent: bool) -> LedPattern:
    if urgent:
        return LedPattern.FAST
    return LedPattern.SLOW if new else LedPattern.OFF


def _of_line(trunk: TrunkLine) -> LedPattern:
    match trunk.state:
        case State.LOST:
            return LedPattern.DOUBLE
        case State.RINGING:
            return LedPattern.FAST
    return LedPattern.OFF if trunk.free else LedPattern.ON


def _rings_at_desk(lines: Lines, office: Office) -> bool:
    """Whether a telephone of somebody who answers for the office rings."""
    answering = {office.operator, *(turn.person for turn in office.operators)}
    desks = {person.station for person in office.people if person.id in answering}
    return any(line.state is StationState.RINGING for name, line in lines.stations.items() if name in desks)
