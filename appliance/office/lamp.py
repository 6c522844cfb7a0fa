"""The message lamp of the unit, as an office document has it. `hw.led` drives it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Annotated

from appliance.office.draft import Draft
from appliance.office.field import Id, Limits
from appliance.office.problem import Problem
from hw.nearest import nearest
from hw.said import said

USUAL_GPIO = 17
GpioLine = Annotated[int, Limits(0, 27)]


@dataclass(frozen=True, slots=True)
class MessageLamp:
    """The message lamp on the unit."""

    gpio: Annotated[GpioLine, "The GPIO line the lamp hangs on, by its BCM number."] = USUAL_GPIO
    mailboxes: Annotated[
        dict[Id, GpioLine],
        Limits(0, 27),
        "Further lamps, one for a mailbox: the GPIO line of each, by the id of the person or department.",
    ] = field(default_factory=dict)


def rules(office: Draft) -> Iterator[Problem]:
    """Each lamp has a line of its own, and a mailbox whose messages it tells of."""
    lamp = office.group("led")
    owners = {id for kind in ("people", "departments") for _, id in office.texts(kind, "id")}
    used = {lamp.fields.get("gpio", USUAL_GPIO): lamp.at("gpio")}
    mailboxes = lamp.fields.get("mailboxes")
    for id, line in (mailboxes if isinstance(mailboxes, dict) else {}).items():
        path = f"{lamp.at('mailboxes')}.{id}"
        if id not in owners:
            yield Problem(
                path, said("there is neither a person nor a department with the id %(id)s", id=id), nearest(id, owners)
            )
        if line in used:
            yield Problem(path, said("GPIO %(line)s is the line of the lamp at %(used)s", line=line, used=used[line]))
        used[line] = path
