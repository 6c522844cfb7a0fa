"""What is said in French to who leaves a message, and to who records what such callers hear."""

from __future__ import annotations

from typing import Final

from appliance.prompts.language import CatalogueEntry

LEAVING: Final[dict[str, CatalogueEntry]] = {
    # In a greeting
    "closed-mailbox": (
        "Nos bureaux sont actuellement fermés. Vous êtes sur la messagerie vocale de votre correspondant, {name}."
    ),
    "for-person-press-zero": "Pour joindre {name}, tapez 0.",
    "for-call-back-press-nine": "Pour être rappelé, tapez 9.",
    "dial-another-extension": "Pour joindre quelqu'un d'autre, composez maintenant son numéro de poste.",
    # To be called back
    "call-back-at": (
        "Nous pouvons vous rappeler au {number}. Si c'est exact, tapez 1. Pour donner un autre numéro, tapez 2."
    ),
    "call-back-booked": "Merci. Nous vous rappellerons.",
    "call-back-without-number": "Désolé, nous n'avons pas reçu de numéro. Veuillez plutôt laisser un message.",
    "call-back-not-noted": "Désolé, cela n'a pas pu être noté. Veuillez plutôt laisser un message.",
    # After a message
    "review-menu": (
        "Pour enregistrer votre message, tapez 1. Pour l'écouter, tapez 2. Pour le recommencer, tapez 3. Pour le "
        "compléter, tapez 4. Pour le marquer urgent, tapez 5. Pour le marquer confidentiel, tapez 6. Pour l'annuler, "
        "tapez étoile."
    ),
    "go-on-after-tone": "Veuillez continuer après le bip.",
    "marked-urgent": "Votre message est marqué urgent.",
    "marked-urgent-no-more": "Votre message n'est plus marqué urgent.",
    "marked-private": "Votre message est marqué confidentiel.",
    "marked-private-no-more": "Votre message n'est plus marqué confidentiel.",
    "message-cancelled": "Votre message est annulé. Rien n'a été conservé.",
    "message-as-long-as-it-may-be": "Votre message a atteint la durée maximale. Il est enregistré.",
    # The greetings of a mailbox
    "greetings-menu": (
        "Pour votre annonce normale, tapez 1. Pour votre annonce d'indisponibilité, tapez 2. Pour l'annonce quand vous "
        "êtes déjà en ligne, tapez 3. Pour l'annonce quand le bureau est fermé, tapez 4. Pour une annonce temporaire, "
        "tapez 5. Pour votre nom, tapez 6. Pour revenir en arrière, tapez étoile."
    ),
    "department-greetings-menu": (
        "Pour l'annonce normale, tapez 1. Pour l'annonce quand le bureau est fermé, tapez 4. Pour une annonce "
        "temporaire, tapez 5. Pour revenir en arrière, tapez étoile."
    ),
    "busy-greeting-menu": (
        "Pour écouter l'annonce quand vous êtes déjà en ligne, tapez 1. Pour l'enregistrer, tapez 2. Pour la "
        "supprimer, tapez 3. Pour revenir en arrière, tapez étoile."
    ),
    "no-busy-greeting": "Vous n'avez pas enregistré d'annonce pour quand vous êtes déjà en ligne.",
    "record-busy-greeting-after-tone": (
        "Vous pouvez enregistrer après le bip l'annonce pour quand vous êtes déjà en ligne. Quand vous aurez terminé, "
        "tapez dièse."
    ),
    "closed-greeting-menu": (
        "Pour écouter l'annonce quand le bureau est fermé, tapez 1. Pour l'enregistrer, tapez 2. Pour la supprimer, "
        "tapez 3. Pour revenir en arrière, tapez étoile."
    ),
    "no-closed-greeting": "Vous n'avez pas enregistré d'annonce pour quand le bureau est fermé.",
    "record-closed-greeting-after-tone": (
        "Vous pouvez enregistrer après le bip l'annonce pour quand le bureau est fermé. Quand vous aurez terminé, "
        "tapez dièse."
    ),
    "temporary-greeting-menu": (
        "Pour écouter votre annonce temporaire, tapez 1. Pour l'enregistrer, tapez 2. Pour y mettre fin, tapez 3. Pour "
        "revenir en arrière, tapez étoile."
    ),
    "no-temporary-greeting": "Il n'y a pas d'annonce temporaire en ce moment.",
    "record-temporary-greeting-after-tone": (
        "Vous pouvez enregistrer votre annonce temporaire après le bip. Quand vous aurez terminé, tapez dièse."
    ),
    "temporary-greeting-days": (
        "Pendant combien de jours doit-on l'entendre, aujourd'hui compris? Composez ce nombre, puis tapez dièse."
    ),
    "temporary-greeting-until": "Votre annonce temporaire prendra fin {when}.",
    "temporary-greeting-over": "Votre annonce temporaire a pris fin. On entend de nouveau vos autres annonces.",
}
