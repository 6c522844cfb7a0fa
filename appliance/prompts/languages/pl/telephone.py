"""What is said in Polish to who puts somebody on hold, parks, picks up, or is called besides."""

from __future__ import annotations

from typing import Final

from appliance.prompts.language import CatalogueEntry

TELEPHONE: Final[dict[str, CatalogueEntry]] = {
    # To a caller who has been on hold, or parked, for some time
    "still-on-hold": (
        "Dziękujemy za cierpliwość. Połączenie nadal czeka. Aby zostawić wiadomość, proszę nacisnąć krzyżyk. Odbiorca: "
        "{name}. Można też po prostu zaczekać."
    ),
    "still-on-hold-for-somebody": (
        "Dziękujemy za cierpliwość. Połączenie nadal czeka. Aby zostawić wiadomość, proszę nacisnąć krzyżyk. Można też "
        "po prostu zaczekać."
    ),
    # A call that comes back to whoever transferred or parked it
    "did-not-answer": "{name} nie odbiera.",
    "parked-call-is-back": "Nikt nie odebrał zaparkowanej rozmowy.",
    # Parking
    "parked-in-place": "Na miejscu {place} czeka zaparkowana rozmowa.",
    "all-places-taken": "Wszystkie miejsca są zajęte. Rozmowa nadal czeka.",
    "nobody-to-park": "Nikt nie czeka na linii, kogo można by zaparkować.",
    "enter-parking-place": "Podaj numer miejsca.",
    "nobody-parked-there": "W tym miejscu nie ma rozmowy.",
    # Picking up
    "nothing-to-pick-up": "Nie dzwoni teraz żaden telefon, który można by odebrać.",
    "enter-extension-to-pick-up": "Podaj numer wewnętrzny telefonu, który dzwoni.",
}
