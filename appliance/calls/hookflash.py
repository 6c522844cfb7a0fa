"""What a plain telephone means by a hook flash, and by being hung up while it has somebody on hold.

It has two legs at most: one it is active in, and one that it holds since a flash.
"""

from __future__ import annotations

from enum import Enum

from appliance.calls.leg import Leg
from hw.linecard import TransferAsked


class FlashMeaning(Enum):
    """What a hook flash asks for."""

    CONSULT = "hold the other party, and let me call somebody besides"
    BACK = "drop the call I am making, and let me talk to whom I hold"
    JOIN = "let me talk to both"
    DROP = "let the one whom I added go"
    SWAP = "hold the other party, and let me talk to whom I hold"
    NOTHING = "it has no meaning now"


def flash_meaning(active: Leg, held: Leg | None, *, swaps: bool = False) -> FlashMeaning:
    """What a flash means in this leg. Nothing, where it would leave an emergency call or put it on hold.

    swaps: one of the two calls has come in besides the other, and nobody wants such two to be joined.
    """
    if held is not None:
        if active.in_conversation and swaps:
            return FlashMeaning.SWAP
        if active.in_conversation:
            return FlashMeaning.JOIN
        return FlashMeaning.NOTHING if active.emergency else FlashMeaning.BACK
    if not active.in_conversation or active.emergency or any(other.emergency for other in active.talks_to):
        return FlashMeaning.NOTHING
    return FlashMeaning.CONSULT if len(active.talks_to) == 1 else FlashMeaning.DROP


def put_through(active: Leg) -> TransferAsked | None:
    """How whoever is on hold is transferred when the telephone is hung up in this leg. None: it calls nobody."""
    if active.in_conversation:
        return TransferAsked(to=active.name)
    return TransferAsked(active.calling) if active.calling else None
