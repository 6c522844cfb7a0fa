"""What is said in German to who puts somebody on hold, parks, picks up, or is called besides."""

from __future__ import annotations

from typing import Final

from appliance.prompts.language import CatalogueEntry

TELEPHONE: Final[dict[str, CatalogueEntry]] = {
    # To a caller who has been on hold, or parked, for some time
    "still-on-hold": (
        "Danke, dass Sie warten. Sie werden weiter gehalten. Um für {name} eine Nachricht zu hinterlassen, drücken Sie "
        "die Rautetaste. Sonst bleiben Sie bitte am Apparat."
    ),
    "still-on-hold-for-somebody": (
        "Danke, dass Sie warten. Sie werden weiter gehalten. Um eine Nachricht zu hinterlassen, drücken Sie die "
        "Rautetaste. Sonst bleiben Sie bitte am Apparat."
    ),
    # A call that comes back to whoever transferred or parked it
    "did-not-answer": "{name} hat sich nicht gemeldet.",
    "parked-call-is-back": "Den Anruf, den Sie geparkt haben, hat niemand geholt.",
    # Parking
    "parked-in-place": "Der Anruf ist auf Platz {place} geparkt.",
    "all-places-taken": "Alle Parkplätze sind belegt. Der Anruf wird weiter gehalten.",
    "nobody-to-park": "Sie halten keinen Anruf, den Sie parken könnten.",
    "enter-parking-place": "Bitte geben Sie die Nummer des Parkplatzes ein.",
    "nobody-parked-there": "Dort ist kein Anruf geparkt.",
    # Picking up
    "nothing-to-pick-up": "Zurzeit klingelt kein Telefon, das Sie annehmen könnten.",
    "enter-extension-to-pick-up": "Bitte geben Sie die Durchwahl des Telefons ein, das klingelt.",
}
