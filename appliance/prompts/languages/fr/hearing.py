"""What is said in French to who hears messages."""

from __future__ import annotations

from typing import Final

from appliance.prompts.language import CatalogueEntry

HEARING: Final[dict[str, CatalogueEntry]] = {
    "message-menu": "Pour le réécouter, tapez 1. Pour le conserver, tapez 2. Pour l'effacer, tapez 3.",
    "mailbox-menu": (
        "Pour écouter vos nouveaux messages, tapez 1. Pour écouter vos messages conservés, tapez 2. Pour changer votre "
        "annonce, tapez 3. Pour enregistrer votre nom, tapez 4. Pour changer votre annonce d'indisponibilité, tapez 5. "
        "Pour activer ou désactiver le mode ne pas déranger, tapez 6. Pour renvoyer vos appels, tapez 7."
    ),
}
