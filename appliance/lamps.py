"""The lamps: the unit's LEDs, and the lamps of telephones. They show what the store holds, whatever led to that.

Everything is worked out anew from the counts of the mailboxes at each change, so that no event can be missed.
"""

from __future__ import annotations

from collections.abc import Mapping

from appliance.calls.faults import Faults
from appliance.calls.lines import Lines
from appliance.calls.mail import MailRoom
from appliance.office.lines import Reminder
from appliance.office.model import Office
from hw.led import Led, LedError, LedPattern
from hw.said import told_by

TELL_OF_MESSAGES = (LedPattern.SLOW, LedPattern.FAST)


class Lamps:
    """led: of the whole unit. of_mailbox: further ones, by the id of the owner of the mailbox that each tells of."""

    def __init__(self, faults: Faults, led: Led, of_mailbox: Mapping[str, Led]) -> None:
        self._faults = faults
        self._led = led
        self._of_mailbox = of_mailbox

    def use(self, led: Led, of_mailbox: Mapping[str, Led]) -> None:
        """Light these LEDs from now on, in place of those before, which are closed already."""
        self._led, self._of_mailbox = led, of_mailbox

    @property
    def pattern(self) -> LedPattern:
        """What the unit's LED shows."""
        return self._led.pattern

    @property
    def lit(self) -> bool:
        """Whether the unit's LED tells of messages."""
        return self._led.pattern in TELL_OF_MESSAGES

    def show(self, office: Office, mail: MailRoom, lines: Lines) -> None:
        """Light or darken every telephone, by all people it belongs to, and the LEDs."""
        for name, line in lines.stations.items():
            people = [person for person in office.people if person.station == name]
            waiting = any(mail.new_for(person, office) for person in people)
            line.set_lamp(waiting and Reminder.LAMP in line.facts.reminders)
        self.show_leds(mail)

    def show_leds(self, mail: MailRoom) -> None:
        """Messages first: a fault that lasts for days must not hide them."""
        new, urgent = mail.any_new, mail.any_urgent
        fault = LedPattern.DOUBLE if self._faults.now else LedPattern.OFF
        self._show(self._led, _of_messages(new, urgent) if new else fault)
        for mailbox, led in self._of_mailbox.items():
            counts = mail.counts(mailbox)
            self._show(led, _of_messages(bool(counts.new), bool(counts.urgent)))

    def _show(self, led: Led, pattern: LedPattern) -> None:
        try:
            led.show(pattern)
        except LedError as error:
            self._faults.report(told_by(error))


def _of_messages(new: bool, urgent: bool) -> LedPattern:
    if urgent:
        return LedPattern.FAST
    return LedPattern.SLOW if new else LedPattern.OFF
