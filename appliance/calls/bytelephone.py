"""What somebody has changed by telephone, or by a button on the unit, for the log of changes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ChangedByTelephone:
    """by: the name of whoever has changed it; empty: whoever has pressed the button. what: the method of the control
    socket that does the same. about: what of it is told; never a PIN."""

    by: str
    what: str
    about: tuple[str, ...] = ()
