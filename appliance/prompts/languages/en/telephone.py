"""What is said in English to who puts somebody on hold, parks, picks up, or is called besides."""

from __future__ import annotations

from typing import Final

from appliance.prompts.language import CatalogueEntry

TELEPHONE: Final[dict[str, CatalogueEntry]] = {
    # To a caller who has been on hold, or parked, for some time
    "still-on-hold": (
        "Thank you for waiting. You are still on hold. To leave a message for {name}, press pound. "
        "Otherwise, please stay on the line."
    ),
    "still-on-hold-for-somebody": (
        "Thank you for waiting. You are still on hold. To leave a message, press pound. "
        "Otherwise, please stay on the line."
    ),
    # A call that comes back to whoever transferred or parked it
    "did-not-answer": "{name} did not answer.",
    "parked-call-is-back": "Nobody has taken up the call that you parked.",
    # Parking
    "parked-in-place": "The call is parked in place {place}.",
    "all-places-taken": "All parking places are taken. The call is still on hold.",
    "nobody-to-park": "There is nobody on hold whom you could park.",
    "enter-parking-place": "Please enter the number of the parking place.",
    "nobody-parked-there": "Nobody is parked there.",
    # Picking up
    "nothing-to-pick-up": "There is no telephone ringing that you could answer.",
    "enter-extension-to-pick-up": "Please enter the extension of the telephone that rings.",
}
