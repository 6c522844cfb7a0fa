"""The buttons of the unit: night mode by hand, and the one for a forgotten password."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from appliance.calls.bytelephone import ChangedByTelephone
from appliance.calls.guard import standing_now
from appliance.calls.switches import StoreFull
from appliance.calls.tasks import Tasks
from appliance.office.lamp import Panel
from appliance.office.nightmode import NightMode
from appliance.office.standing import When
from appliance.unit import Unit
from hw.gpio import GpioError, library_error, with_mend
from hw.panel.button import Button, ButtonContact, GpioContact
from hw.panel.button_protocol import ButtonEvent, ButtonHeld, ButtonPressed
from hw.panel.buzzer import Beeps
from hw.said import said, told_by
from hw.sim.button import SimContact

log = logging.getLogger(__name__)

NIGHT, PASSWORD = "night", "password"
"""What the buttons are called. Where both are one button, it has both names."""

LONG_S = 2.0
"""Whoever presses the button for so long lets the hours decide again."""


class Buttons:
    """Those that the office has, by their names. on_password: called when the one for it was held for long enough.

    Where there is no GPIO they are simulated, and `press` presses them. pins: False: they are in any case.
    """

    def __init__(
        self, unit: Unit, panel: Panel, on_password: Callable[[], Awaitable[None]], *, pins: bool = True
    ) -> None:
        self._unit = unit
        self._pins = pins
        self._on_password = on_password
        self._tasks = Tasks(unit.trouble)
        self._by_name: dict[str, Button] = {}
        self._unusable: list[str] = []
        lines = {NIGHT: panel.night_button, PASSWORD: panel.password_button}
        for line in dict.fromkeys(line for line in lines.values() if line is not None):
            names = [name for name, its in lines.items() if its == line]
            button = self._button(line, names)
            self._by_name |= dict.fromkeys(names, button)
        for fault in self._unusable:
            unit.trouble.report(fault)

    @property
    def simulated(self) -> dict[str, bool]:
        """Whether each is a simulated one."""
        return {name: isinstance(button.contact, SimContact) for name, button in self._by_name.items()}

    async def press(self, name: str, seconds: float) -> None:
        """Press a simulated button for so long. KeyError where none has this name, LookupError for a real one."""
        contact = self._by_name[name].contact
        if not isinstance(contact, SimContact):
            raise LookupError(name)
        contact.move(down=True)
        try:
            await asyncio.sleep(seconds)
        finally:
            contact.move(down=False)

    async def close(self) -> None:
        for fault in self._unusable:
            self._unit.trouble.withdraw(fault)
        for button in self._by_name.values():
            button.close()
        await self._tasks.close()

    def _button(self, line: int, names: list[str]) -> Button:
        def told(event: ButtonEvent) -> None:
            self._tasks.begin("button", self._do(names, event))

        if not self._pins:
            return Button(SimContact(), told)
        contact: ButtonContact | None = None
        try:
            contact = GpioContact(line)
            return Button(contact, told)
        except GpioError as error:
            if contact is not None:
                contact.close()
            log.info("the button %s is simulated: %s", " and ".join(names), error)
            if library_error() is None:  # There are pins, and this one cannot be used.
                why = with_mend(told_by(error), error)
                self._unusable.append(said("no button: %(why)s", why=why))
            return Button(SimContact(), told)

    async def _do(self, names: list[str], event: ButtonEvent) -> None:
        match event:
            case ButtonHeld() if PASSWORD in names:
                await self._on_password()
                self._unit.lamps.beep(Beeps.HELD)
            case ButtonPressed(seconds) if NIGHT in names:
                await self._change_night_mode(automatic=seconds >= LONG_S)

    async def _change_night_mode(self, *, automatic: bool) -> None:
        """Let the hours decide again, or close an office that is open, or open one that is closed."""
        unit = self._unit
        closed = standing_now(unit.services, unit.office).what in (When.CLOSED, When.HOLIDAY)
        by_hand = NightMode.OPEN if closed else NightMode.CLOSED
        try:
            await unit.switches.set_night_mode(NightMode.AUTOMATIC if automatic else by_hand)
        except StoreFull as error:
            unit.trouble.report(told_by(error))
            return
        mode = unit.switches.night_mode.value
        unit.services.changed_by_telephone.tell(ChangedByTelephone("", "night.set", (mode,)))
        unit.lamps.beep(Beeps.DONE)
