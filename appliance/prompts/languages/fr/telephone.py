"""What is said in French to who puts somebody on hold, parks, picks up, or is called besides."""

from __future__ import annotations

from typing import Final

from appliance.prompts.language import CatalogueEntry

TELEPHONE: Final[dict[str, CatalogueEntry]] = {
    # To a caller who has been on hold, or parked, for some time
    "still-on-hold": (
        "Merci de patienter. Vous êtes toujours en attente. Pour laisser un message pour {name}, tapez dièse. Sinon, "
        "veuillez rester en ligne."
    ),
    "still-on-hold-for-somebody": (
        "Merci de patienter. Vous êtes toujours en attente. Pour laisser un message, tapez dièse. Sinon, veuillez "
        "rester en ligne."
    ),
    # A call that comes back to whoever transferred or parked it
    "did-not-answer": "{name} n'a pas répondu.",
    "parked-call-is-back": "Personne n'a repris l'appel que vous avez parqué.",
    # Parking
    "parked-in-place": "À la place {place}, l'appel est parqué.",
    "all-places-taken": "Toutes les places sont occupées. L'appel est toujours en attente.",
    "nobody-to-park": "Aucun appel n'est en attente pour être parqué.",
    "enter-parking-place": "Veuillez composer le numéro de la place.",
    "nobody-parked-there": "Aucun appel n'est parqué là.",
    # Picking up
    "nothing-to-pick-up": "Aucun téléphone ne sonne auquel vous pourriez répondre.",
    "enter-extension-to-pick-up": "Veuillez composer le numéro du poste qui sonne.",
}
