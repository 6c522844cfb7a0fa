"""What is said in Swedish to who puts somebody on hold, parks, picks up, or is called besides."""

from __future__ import annotations

from typing import Final

from appliance.prompts.language import CatalogueEntry

TELEPHONE: Final[dict[str, CatalogueEntry]] = {
    # To a caller who has been on hold, or parked, for some time
    "still-on-hold": (
        "Tack för att du väntar. Du är fortfarande i vänteläge. För att lämna ett meddelande till {name}, tryck "
        "fyrkant. Annars kan du vänta kvar."
    ),
    "still-on-hold-for-somebody": (
        "Tack för att du väntar. Du är fortfarande i vänteläge. För att lämna ett meddelande, tryck fyrkant. Annars "
        "kan du vänta kvar."
    ),
    # A call that comes back to whoever transferred or parked it
    "did-not-answer": "{name} svarade inte.",
    "parked-call-is-back": "Ingen har hämtat samtalet som du parkerade.",
    # Parking
    "parked-in-place": "På plats {place} står samtalet parkerat.",
    "all-places-taken": "Alla parkeringsplatser är upptagna. Samtalet är kvar i vänteläge.",
    "nobody-to-park": "Det finns inget samtal i vänteläge som du kan parkera.",
    "enter-parking-place": "Slå numret på parkeringsplatsen.",
    "nobody-parked-there": "Där finns inget parkerat samtal.",
    # Picking up
    "nothing-to-pick-up": "Ingen telefon ringer som du kan svara i.",
    "enter-extension-to-pick-up": "Slå anknytningen till telefonen som ringer.",
}
