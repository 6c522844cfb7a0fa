"""What is said in French by the codes that a telephone dials: numbers, pages, wake-up calls, conferences, help."""

from __future__ import annotations

from typing import Final

from appliance.prompts.language import CatalogueEntry

FEATURES: Final[dict[str, CatalogueEntry]] = {
    # The number dialled last, and who called
    "nothing-dialled": "Aucun numéro extérieur n'a encore été composé sur ce téléphone.",
    "nobody-called": "Personne n'a encore appelé ici.",
    "last-caller-name": "Le dernier appel, c'était {name}.",
    "last-caller-private": "Le dernier appel venait d'un numéro masqué.",
    "last-caller-unknown": "Le numéro du dernier appel n'est pas connu.",
    "called-at": "L'appel est arrivé {when}.",
    "call-last-back-menu": "Pour rappeler, tapez 1.",
    "cannot-call-back": "Désolé, il n'est pas possible de rappeler ce correspondant.",
    # Speed numbers
    "no-speed-number": "Aucun numéro n'est enregistré là.",
    "enter-speed-key": "Veuillez taper le chiffre que doit avoir votre numéro abrégé.",
    "enter-speed-number": (
        "Veuillez composer le numéro comme au bureau, puis tapez dièse. Pour supprimer un numéro enregistré, tapez "
        "seulement dièse."
    ),
    "speed-stored": "Votre numéro abrégé {key} est maintenant le {number}.",
    "speed-removed": "Votre numéro abrégé {key} est supprimé.",
    "speed-refused": "Désolé, ce numéro ne peut pas être enregistré.",
    # A busy number or colleague is called again
    "redial-number": "Votre téléphone sonnera dès que le {number} sera libre. Vous pouvez raccrocher.",
    "redial-name": "Votre téléphone sonnera dès que {name} ne sera plus en ligne. Vous pouvez raccrocher.",
    "redial-impossible": "Désolé, il n'y a aucun numéro que je puisse réessayer pour vous.",
    "redial-ended": "Je n'essaie plus. Votre téléphone ne sonnera plus pour cela.",
    "redial-none": "Je n'essayais aucun numéro pour vous.",
    "busy-again": "{name} est de nouveau en ligne. Je continue d'essayer.",
    "redial-gone": "Désolé, votre correspondant vient de raccrocher.",
    # The same, to whoever answers outside before the telephone here is lifted
    "hold-for-call": "Bonjour. Veuillez patienter, quelqu'un souhaite vous parler.",
    "call-not-taken": "Désolé, personne ne peut vous parler pour le moment. Au revoir.",
    # Pages
    "no-such-group": "Désolé, aucun groupe n'a ce numéro.",
    "page-nobody": "Désolé, personne n'écoute.",
    # Wake-up calls
    "enter-wake-up-time": (
        "Veuillez composer l'heure de votre réveil en quatre chiffres. Les deux premiers sont les heures, de 0 à 23."
    ),
    "wake-up-set": "Votre téléphone sonnera {when}.",
    "wake-up-menu": "Pour annuler ce réveil, tapez 1. Pour choisir une autre heure, tapez 2.",
    "wake-up-ended": "Votre réveil est annulé.",
    "wake-up": "Bonjour. C'est votre réveil pour {when}.",
    # Conferences
    "enter-conference": "Veuillez taper le chiffre de votre conférence.",
    "conference-first": "Personne d'autre n'est encore là. Veuillez patienter jusqu'à ce que quelqu'un arrive.",
    "conference-alone": "Tous les autres sont partis. Veuillez patienter, ou raccrochez.",
    "conference-joined": "{name} est là.",
    "conference-full": "Désolé, cette conférence est complète.",
    # Whoever answers for the office listens to a call, to those who talk
    "somebody-listens": "À partir de maintenant, quelqu'un du bureau écoute cet appel.",
    # Emergency calls, to people in the office
    "emergency-called": "Quelqu'un a appelé au secours, au {number}. Le téléphone est {name}.",
    "emergency-place": "Le lieu est {place}.",
    "listen-menu": "Pour écouter l'appel, tapez 1.",
    "listening-in": "Vous allez maintenant entendre l'appel. Personne ne vous entend.",
    "emergency-over": "Cet appel est terminé.",
    "no-emergency-call": "Il n'y a pas d'appel d'urgence en ce moment.",
    "operators-only": "Désolé, seul le standard peut faire cela.",
    "emergency-test-only": "Ceci n'est qu'un essai.",
    "emergency-test": (
        "Ceci est un essai des appels d'urgence. Personne n'est appelé à l'extérieur. Veuillez patienter."
    ),
    "emergency-test-told": "{name} est au courant.",
    "emergency-test-nobody": "Personne n'a répondu. Veuillez vérifier qui est averti des appels d'urgence.",
    # Setting the unit up at its local page
    "spoken-code": "Votre code pour la page locale est {number}.",
    "no-spoken-code": "Aucun code n'est demandé en ce moment.",
    "unit-address": "L'adresse de cet appareil est {first} point {second} point {third} point {fourth}.",
    "unit-name": "Son nom est {name}.",
    "no-unit-address": "Cet appareil n'a pas d'adresse dans le réseau. Veuillez vérifier le câble.",
    "unit-mistakes": "Le fichier de la carte mémoire a des erreurs, écrites à côté, et n'est pas utilisé.",
    "unit-version": "Cet appareil utilise la version {version}.",
    "update-gone": "La mise à jour vers la version {version} n'est pas restée.",
    "update-no-start": "Elle n'a pas démarré.",
    "update-no-call": "Elle n'a pris aucun appel.",
    "update-no-office": "Elle n'a pas pu lire les réglages du bureau.",
    "update-interrupted": "L'appareil a redémarré pendant son essai.",
    "update-asked": "Quelqu'un a demandé la version précédente.",
    "line-found": "Bonjour. Cette ligne mène à votre nouveau standard téléphonique. Au revoir.",
    "telephone-found": "Merci. Ce téléphone est trouvé, vous pouvez raccrocher.",
}
