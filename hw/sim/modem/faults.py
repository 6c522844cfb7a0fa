"""What may go wrong with a modem: each is switched on and off at any time, and several may be on at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Cure = Literal["", "closing", "reset", "unplugging"]
"""What brings a modem back that hangs: its port is closed (DTR drops), USB resets it, or it is unplugged. Each of them
brings back one that needs less."""

CURES: tuple[Cure, ...] = ("closing", "reset", "unplugging")


@dataclass(slots=True)
class ModemFaults:
    """Those of one modem. As made it has none."""

    late_s: float = 0.0
    """Result codes come so late, in seconds."""
    mute: bool = False
    """Result codes never come."""
    twice: bool = False
    """Each result code comes twice."""
    noise: bytes = b""
    """These bytes come before each result code."""
    hangs: Cure = ""
    """It takes everything and says nothing, until this is done."""
    refuses_answer: bool = False
    """ATA is answered with ERROR, as by some after they were initialised again."""
    silent_carriers: frozenset[int] = frozenset()
    """+FRM with one of these is never answered."""
    checksum: Literal["right", "wrong", "absent"] = "right"
    """How HDLC frames end that were received: with their two octets of FCS, with others, or with none."""
    reversed_bits: bool = False
    """Received pages come with the bits of each octet in reverse order."""
    overruns: bool = False
    """What comes while it has asked for a pause is lost."""

    def cure(self, done: Cure) -> None:
        """This was done to it."""
        if self.hangs and CURES.index(self.hangs) <= CURES.index(done):
            self.hangs = ""
