"""What is said in French to who hears messages."""

from __future__ import annotations

from typing import Final

from appliance.prompts.language import CatalogueEntry, Plural

HEARING: Final[dict[str, CatalogueEntry]] = {
    # Coming into a mailbox
    "try-again-in": "Désolé, un mauvais code a été composé trop souvent. Veuillez réessayer dans {count:seconds}.",
    "urgent-among-them": Plural(
        "count",
        one="{count} message est urgent.",
        other="{count} messages sont urgents.",
    ),
    "mailbox-nearly-full": Plural(
        "count",
        one="Votre messagerie est presque pleine. Il reste de la place pour {count} message.",
        other="Votre messagerie est presque pleine. Il reste de la place pour {count} messages.",
    ),
    "own-mailbox-full": (
        "Votre messagerie est pleine. Personne ne peut vous laisser de message tant que vous n'en effacez pas."
    ),
    "heard-are-deleted": Plural(
        "count",
        one="Les messages écoutés sont effacés après {count} jour.",
        other="Les messages écoutés sont effacés après {count} jours.",
    ),
    # The menu of a mailbox
    "mailbox-menu": (
        "Pour écouter vos nouveaux messages, tapez 1. Pour écouter vos messages conservés, tapez 2. Pour tous les "
        "choix, tapez 0."
    ),
    "choice-greetings": "Pour changer les annonces, tapez 3.",
    "choice-greetings-and-name": "Pour changer vos annonces ou votre nom, tapez 3.",
    "choice-do-not-disturb": "Pour activer ou désactiver le mode ne pas déranger, tapez 6.",
    "choice-forwarding": "Pour renvoyer vos appels, tapez 7.",
    "choice-send": "Pour envoyer un message à quelqu'un du bureau, tapez 8.",
    "choice-lost-callers": "Pour savoir qui a appelé sans laisser de message, tapez 9.",
    "choice-deleted": "Pour écouter ce que vous avez effacé pendant cet appel, tapez dièse.",
    "nothing-deleted": "Vous n'avez effacé aucun message pendant cet appel.",
    # A message
    "urgent-message-number": "Message urgent {count},",
    "deleted-message-number": "Message effacé {count},",
    "forwarded-by": "Transféré par {name}.",
    "message-is-private": "Ce message est confidentiel.",
    "heard-by": "{name} l'a écouté {when}.",
    "heard-by-name": "{name} l'a écouté.",
    "message-ends": "Il sera effacé {when}.",
    "message-menu": (
        "Pour le réécouter, tapez 1. Pour le conserver, tapez 2. Pour l'effacer, tapez 3. Pour d'autres choix, tapez 0."
    ),
    "deleted-message-menu": "Pour le réécouter, tapez 1. Pour le récupérer, tapez 2. Pour le suivant, tapez dièse.",
    "message-choices": (
        "Pour répondre à ce message, tapez 1. Pour le transférer, tapez 2. Pour le marquer comme nouveau, tapez 3. "
        "Pour connaître les touches d'écoute, tapez 4. Pour revenir en arrière, tapez étoile."
    ),
    "listening-keys": (
        "Pendant l'écoute, tapez 4 pour reculer de cinq secondes. Tapez 6 pour avancer. Tapez 5 pour faire une pause. "
        "Tapez 7 pour ralentir. Tapez 9 pour accélérer. Tapez 8 pour savoir qui l'a laissé et quand. Tapez dièse pour "
        "le message suivant. Pour le message précédent, tapez 1 puis encore 1."
    ),
    "paused": "En pause. Pour continuer, tapez 5.",
    "marked-new": "Ce message compte de nouveau comme nouveau.",
    "brought-back": "Le message est récupéré.",
    "deleted-elsewhere": "Quelqu'un d'autre vient d'effacer ce message.",
    # Answering a message
    "answer-menu": (
        "Pour rappeler, tapez 1. Pour envoyer un message à {name}, tapez 2. Pour revenir en arrière, tapez étoile."
    ),
    "call-back-menu": "Pour rappeler, tapez 1. Pour revenir en arrière, tapez étoile.",
    "no-number-to-answer": "Ce message est arrivé sans numéro, il n'est donc pas possible d'y répondre.",
    "may-not-call-back": "Désolé, ce numéro ne peut pas être appelé d'ici.",
    # Sending and forwarding a message
    "record-introduction": (
        "Vous pouvez enregistrer une introduction après le bip. Quand vous aurez terminé, tapez dièse. Pour transférer "
        "le message sans introduction, tapez seulement dièse."
    ),
    "private-not-forwarded": "Ce message est confidentiel, il ne peut donc pas être transféré.",
    "send-review-menu": (
        "Pour envoyer votre message, tapez 1. Pour l'écouter, tapez 2. Pour le recommencer, tapez 3. Pour l'annuler, "
        "tapez étoile."
    ),
    "enter-recipient": "Qui doit le recevoir? Veuillez composer le numéro de poste. Pour annuler, tapez étoile.",
    "everybody-gets-it": "Pour tout le bureau, tapez 0.",
    "recipient-added": "{name}. Indiquez un autre numéro de poste, ou tapez dièse pour envoyer.",
    "no-such-recipient": "Désolé, aucune messagerie n'a ce numéro de poste.",
    "recipients-mailbox-full": "{name} a une messagerie pleine. Rien n'y a été envoyé.",
    "message-sent": Plural(
        "count",
        one="Votre message est envoyé.",
        other="Votre message est envoyé à {count:feminine} messageries.",
    ),
    "message-not-sent": "Rien n'a été envoyé.",
    "days-until-deleted": (
        "Après combien de jours doit-il être effacé, si on ne l'a pas écouté d'ici là? Composez ce nombre, puis tapez "
        "dièse. Pour le conserver, tapez seulement dièse."
    ),
}
