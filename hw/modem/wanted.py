"""Which modem an office means, and what it must know of the line beside it."""

from __future__ import annotations

from dataclasses import dataclass

from hw.modem.bus import FoundModem
from hw.modem.profile import GENERIC, ModemProfile, modem_profile, profile_of_usb


@dataclass(frozen=True, slots=True, kw_only=True)
class ModemWanted:
    """Which modem an office has, and where."""

    model: str = ""
    """The name of its profile; empty: by its USB identifiers."""
    named: str = ""
    """Its serial number, or the USB socket it is in; empty: the first there is."""
    country_code: str
    """The country of its line: two hexadecimal digits of ITU-T T.35."""

    def profile_for(self, found: FoundModem) -> ModemProfile | None:
        """The profile to speak to this modem by; None: it is not the one."""
        if not found.is_the(self.named):
            return None
        if self.model:
            return modem_profile(self.model)
        known = profile_of_usb(found.vendor, found.product)
        return known or (modem_profile(GENERIC) if self.named else None)
