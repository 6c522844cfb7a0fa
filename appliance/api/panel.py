"""Lamps, buzzer and buttons of the unit: part of `status`, and the method `panel.press` for simulated buttons."""

from __future__ import annotations

from typing import Any, TypedDict

from appliance.control.errors import ControlError
from appliance.control.params import Param
from appliance.control.server import ControlServer
from appliance.hardware.buttons import Buttons
from appliance.lamps import Lamps
from hw.said import said

LONGEST_PRESS_S = 60.0


class PanelStatus(TypedDict):
    """What can be seen and heard at the unit. Patterns: off, on, slow, fast or double."""

    message: str
    """The pattern of the message lamp."""
    mailboxes: dict[str, str]
    """Of the lamps of mailboxes, by the id of the owner."""
    lines: dict[str, str]
    """Of the lamps of lines, by the port."""
    buzzer: str
    """What the buzzer goes on telling: ringing; empty where it is silent, or there is none."""


def panel_status(lamps: Lamps) -> PanelStatus:
    """How it is now."""
    signs = lamps.signs
    beeps = signs.buzzer.beeps if signs.buzzer is not None else None
    return PanelStatus(
        message=lamps.pattern.name.lower(),
        mailboxes={id: led.pattern.name.lower() for id, led in signs.of_mailbox.items()},
        lines={port: led.pattern.name.lower() for port, led in signs.of_line.items()},
        buzzer=beeps.name.lower() if beeps is not None else "",
    )


def offer_panel(control: ControlServer, buttons: Buttons) -> None:
    """Put the method on the socket."""

    async def press(params: dict[str, Any]) -> None:
        name, seconds = params["button"], params["seconds"]
        if not 0 < seconds <= LONGEST_PRESS_S:
            raise ControlError(
                "not-understood", said("a button is pressed for up to %(most)s seconds", most=int(LONGEST_PRESS_S))
            )
        try:
            await buttons.press(name, seconds)
        except KeyError:
            told = said(
                "the office has no button '%(button)s'; it has: %(known)s",
                button=name,
                known=tuple(buttons.simulated) or said("none"),
            )
            raise ControlError("no-such-button", told) from None
        except LookupError:
            told = said("the button '%(button)s' is a real one: press it yourself", button=name)
            raise ControlError("not-simulated", told) from None

    control.method("panel.press", press, {"button": Param(str), "seconds": Param(float, 0.2)})
