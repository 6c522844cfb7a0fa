"""What is said in Spanish to who puts somebody on hold, parks, picks up, or is called besides."""

from __future__ import annotations

from typing import Final

from appliance.prompts.language import CatalogueEntry

TELEPHONE: Final[dict[str, CatalogueEntry]] = {
    # To a caller who has been on hold, or parked, for some time
    "still-on-hold": (
        "Gracias por esperar. Su llamada sigue en espera. Para dejar un mensaje para {name}, marque la tecla numeral, "
        "o almohadilla. Si no, siga en línea, por favor."
    ),
    "still-on-hold-for-somebody": (
        "Gracias por esperar. Su llamada sigue en espera. Para dejar un mensaje, marque la tecla numeral, o "
        "almohadilla. Si no, siga en línea, por favor."
    ),
    # A call that comes back to whoever transferred or parked it
    "did-not-answer": "{name} no contesta.",
    "parked-call-is-back": "Nadie ha recuperado la llamada que usted aparcó.",
    # Parking
    "parked-in-place": "En el lugar {place} está aparcada la llamada.",
    "all-places-taken": "Todos los lugares están ocupados. La llamada sigue en espera.",
    "nobody-to-park": "No hay ninguna llamada en espera que usted pueda aparcar.",
    "enter-parking-place": "Por favor, marque el número del lugar.",
    "nobody-parked-there": "Allí no hay ninguna llamada aparcada.",
    # Picking up
    "nothing-to-pick-up": "No suena ningún teléfono que usted pueda contestar.",
    "enter-extension-to-pick-up": "Por favor, marque la extensión del teléfono que suena.",
}
