"""What the system says in French. Everybody is addressed with "vous".

"de" before a name would become "d'" before a vowel, so names follow a comma or stand at the beginning.
"""

from __future__ import annotations

from typing import Final

from appliance.prompts.language import CatalogueEntry, Plural
from appliance.prompts.languages.fr.dialling import DIALLING
from appliance.prompts.languages.fr.features import FEATURES
from appliance.prompts.languages.fr.hearing import HEARING
from appliance.prompts.languages.fr.leaving import LEAVING
from appliance.prompts.languages.fr.notices import NOTICES
from appliance.prompts.languages.fr.telephone import TELEPHONE

CATALOGUE: Final[dict[str, CatalogueEntry]] = {
    # The attendant
    "builtin-greeting": "Merci de votre appel. Veuillez patienter, nous cherchons quelqu'un pour vous répondre.",
    "dial-extension-any-time": "Si vous connaissez le numéro de poste, vous pouvez le composer à tout moment.",
    "for-operator": "Pour joindre le standard, tapez 0.",
    "did-not-hear": "Désolé, nous n'avons rien entendu.",
    "not-valid": "Désolé, ce choix n'est pas valable.",
    "connecting-operator": "Nous vous mettons en relation avec le standard.",
    "one-moment": "Un instant, s'il vous plaît.",
    "line-test-hang-up": "Merci d'appeler le test de ligne. Veuillez raccrocher maintenant.",
    "line-test-stay": "Merci. Veuillez rester en ligne. Il y aura un silence, et peut-être des tonalités.",
    "line-test-thanks": "Le test de ligne est terminé. Merci et au revoir.",
    "system-fault": "Désolé, nous avons un problème avec nos téléphones. Veuillez rappeler dans quelques minutes.",
    "goodbye": "Au revoir.",
    "thank-you-goodbye": "Merci de votre appel. Au revoir.",
    "no-line-free": "Désolé, toutes nos lignes sont occupées. Veuillez réessayer dans quelques minutes.",
    # Information, hours, fax
    "information-menu": "Pour réécouter, tapez 1. Pour revenir en arrière, tapez étoile.",
    "closed-now": "Nos bureaux sont actuellement fermés.",
    "away-for-a-break": "Nous faisons une courte pause.",
    "closed-for-a-holiday": "Nos bureaux sont fermés en raison d'un jour férié.",
    "no-fax": "Désolé, nous ne pouvons pas recevoir de télécopie sur cette ligne.",
    "fax-is-coming": "Un fax arrive. Vous pouvez raccrocher.",
    # Night mode
    "managers-only": "Désolé, seul un responsable peut changer cela.",
    "night-mode-automatic": "Le bureau ouvre et ferme selon ses horaires.",
    "night-mode-closed": "Le bureau est fermé jusqu'à ce que vous le rouvriez.",
    "night-mode-open": "Le bureau est ouvert jusqu'à ce que vous le refermiez.",
    "night-mode-menu": "Pour fermer le bureau, tapez 1. Pour l'ouvrir, tapez 2. Pour suivre les horaires, tapez 3.",
    "not-changed": "Désolé, l'enregistrement a échoué. Rien n'a été changé.",
    # Recording what callers hear
    "enter-prompt-number": "Veuillez composer le numéro de l'annonce, puis tapez dièse.",
    "no-such-prompt": "Aucune annonce n'a ce numéro.",
    "nothing-recorded": "Rien n'a encore été enregistré.",
    "prompt-menu": (
        "Pour la réécouter, tapez 1. Pour l'enregistrer, tapez 2. Pour rétablir la version précédente, tapez 3. Pour "
        "une autre annonce, tapez étoile."
    ),
    "record-prompt-after-tone": "Veuillez parler après le bip. Quand vous aurez terminé, tapez dièse.",
    "prompt-review-menu": (
        "Pour conserver cet enregistrement, tapez 1. Pour l'écouter, tapez 2. Pour le recommencer, tapez 3."
    ),
    "prompt-saved": "Votre enregistrement est conservé.",
    "prompt-too-short": "Cet enregistrement était trop court.",
    "no-version-before": "Il n'y a pas de version précédente.",
    "version-before-is-back": "La version précédente est rétablie. C'est elle qu'on entend maintenant.",
    # The announcement that overrides all
    "announcement-on": "L'annonce est activée. Tous les appelants l'entendent d'abord.",
    "announcement-off": "L'annonce est désactivée.",
    "announcement-menu": (
        "Pour l'activer, tapez 1. Pour la désactiver, tapez 2. Pour l'écouter, tapez 3. Pour l'enregistrer, tapez 4. "
        "Pour rétablir la version précédente, tapez 5."
    ),
    # Callers known and unwanted
    "call-refused": "Désolé, ce numéro n'accepte pas votre appel.",
    "challenge": "Pour être mis en relation, veuillez taper {key}.",
    "enter-your-number": "Veuillez composer votre numéro de téléphone complet, puis tapez dièse.",
    "no-last-caller": "Aucun appel récent n'a de numéro.",
    "last-caller": "Le dernier appel venait du numéro {number}.",
    "block-menu": "Pour bloquer ce numéro, tapez 1. Pour ne rien changer, tapez étoile.",
    "caller-blocked": "Ce numéro est maintenant bloqué.",
    # The directory
    "directory-spell": (
        "Veuillez épeler le nom sur le clavier de votre téléphone, puis le prénom. Trois lettres suffisent souvent. "
        "Pour revenir en arrière, tapez étoile."
    ),
    "directory-several": "Il y a plusieurs personnes. Veuillez continuer à épeler.",
    "directory-nobody": "Désolé, nous n'avons trouvé personne de ce nom.",
    "directory-choice": "Tapez {key} pour {name}, poste {extension}.",
    # The same around a name in the person's own voice:
    "directory-choice-before": "Tapez {key} pour",
    "directory-choice-behind": "poste {extension}.",
    "directory-more": "Pour d'autres noms, tapez 9.",
    "directory-another": "Pour épeler un autre nom, tapez étoile.",
    # Reaching a person
    "not-available": "{name} n'est pas disponible.",
    "on-the-phone": "{name} est déjà en ligne.",
    "nobody-available": "Désolé, personne ne peut prendre votre appel pour le moment.",
    "connecting-operator-again": "{name} ne répond pas. Nous vous remettons en relation avec le standard.",
    # What a caller hears who waits while somebody is looked for
    "still-trying": "Nous essayons toujours de joindre {name}.",
    "still-looking": "Merci de patienter. {name} n'a pas encore répondu, mais nous continuons d'essayer.",
    "still-nobody": "Personne n'a encore répondu, mais nous continuons d'essayer.",
    "while-waiting": "Pour laisser un message, tapez dièse. Pour joindre le standard, tapez 0.",
    "while-waiting-for-operator": "Pour laisser un message, tapez dièse.",
    "is-coming": "{name} sera à vous dans un instant. Merci de patienter.",
    "say-your-name": "Veuillez dire votre nom après le bip.",
    "trying-to-connect": "Merci. Veuillez patienter pendant que nous essayons de vous mettre en relation.",
    "line-will-be-silent": "Il peut y avoir un court silence maintenant.",
    "back-again": "Merci d'avoir patienté.",
    # Whoever is called outside is told who calls, and presses a key
    "call-for": "Un appel pour {company}.",
    "call-for-from": "Un appel pour {company}. C'est {name}.",
    "call-for-from-number": "Un appel pour {company}, du numéro {number}.",
    # The same in front of a name in the caller's own voice:
    "call-for-from-before": "Un appel pour {company}. C'est",
    "screening-accept": "Pour prendre l'appel, tapez 1.",
    "screening-menu": (
        "Pour prendre l'appel, tapez 1. Pour l'envoyer sur votre messagerie, tapez 2. Pour réécouter, tapez 3. Pour "
        "refuser l'appel et bloquer votre correspondant, tapez 4. S'il vous faut un instant, tapez 5."
    ),
    "caller-waits": "Votre correspondant vous attend. Pour prendre l'appel, tapez 1.",
    "sent-to-voicemail": "L'appel est envoyé sur votre messagerie. Au revoir.",
    "caller-turned-away": "L'appel est refusé. Au revoir.",
    "call-taken": "Quelqu'un d'autre a déjà pris l'appel. Au revoir.",
    "caller-has-left": "Votre correspondant a raccroché. Au revoir.",
    # Not to be disturbed
    "cannot-take-calls": "{name} ne peut pas prendre d'appels pour le moment.",
    "for-help-dial": "Pour obtenir de l'aide, veuillez composer le poste {extension}.",
    "do-not-disturb-on": (
        "Le mode ne pas déranger est activé. Vos correspondants entendent votre annonce d'indisponibilité."
    ),
    "do-not-disturb-until": "Votre téléphone sonnera de nouveau {when}.",
    "do-not-disturb-off": "Le mode ne pas déranger est désactivé. Vos correspondants entendent votre annonce normale.",
    "do-not-disturb-hours": (
        "Pour que ce mode s'arrête tout seul, composez le nombre d'heures. Pour le garder jusqu'à ce que vous le "
        "désactiviez, tapez dièse."
    ),
    # Forwarding
    "enter-forward-number": (
        "Veuillez composer le numéro vers lequel renvoyer vos appels, comme au bureau, puis tapez dièse. Pour votre "
        "téléphone portable, tapez étoile."
    ),
    "forward-menu": (
        "Pour renvoyer tous vos appels, tapez 1. Pour renvoyer ceux auxquels vous ne répondez pas, tapez 2. Pour "
        "renvoyer ceux qui arrivent quand vous êtes déjà en ligne, tapez 3. Pour faire sonner les deux téléphones, "
        "tapez 4."
    ),
    "forwarded-to": "Vos appels sont maintenant renvoyés vers le {number}.",
    "forwarded-no-more": "Vos appels ne sont plus renvoyés.",
    "forward-refused": "Désolé, les appels ne peuvent pas être renvoyés vers ce numéro.",
    # Being at the office, and departments
    "you-are-here": "Bienvenue. Votre présence au bureau est notée.",
    "you-are-away": "Votre absence est notée.",
    "member-of-none": "Vous ne faites partie d'aucun service.",
    "member-in": "Vous recevez les appels du service {name}.",
    "member-out": "Vous ne recevez pas les appels du service {name}.",
    "member-menu": "Pour changer cela, tapez 1. Pour ne rien changer, tapez dièse.",
    # Leaving a message
    "greeting-default": "Vous êtes sur la messagerie vocale de votre correspondant, {name}.",
    "greeting-default-general": "Vous êtes sur notre messagerie vocale générale.",
    "leave-message": (
        "Veuillez laisser un message après le bip. Quand vous aurez terminé, raccrochez, ou tapez dièse pour d'autres "
        "choix."
    ),
    "mailbox-full": "Désolé, cette messagerie est pleine et ne peut plus recevoir de message.",
    "message-saved": "Votre message est enregistré.",
    "message-too-short": "C'était trop court. Veuillez laisser votre message après le bip.",
    "message-not-recorded": "Désolé, rien n'a été enregistré.",
    "recording-stopped-disk-full": (
        "Désolé, il n'y a plus de place pour enregistrer. Ce que vous avez dit jusqu'ici est conservé."
    ),
    # Coming into a mailbox
    "enter-mailbox": "Veuillez composer votre numéro de poste.",
    "enter-pin": "Veuillez composer votre code secret.",
    "wrong-pin": "Désolé, ce code n'est pas le bon.",
    # Hearing messages
    "you-have-no-messages": "Vous n'avez aucun message.",
    "you-have-new": Plural(
        "count",
        one="Vous avez {count} nouveau message.",
        other="Vous avez {count} nouveaux messages.",
    ),
    "you-have-saved": Plural(
        "count",
        one="Vous avez {count} message conservé.",
        other="Vous avez {count} messages conservés.",
    ),
    "you-have-new-and-saved": (
        "Vous avez ",
        Plural("new", one="{new} nouveau message", other="{new} nouveaux messages"),
        " et ",
        Plural("saved", one="{saved} message conservé.", other="{saved} messages conservés."),
    ),
    "message-number": "Message {count},",
    "from-number": "du numéro {number}.",
    "from-unknown": "d'un numéro inconnu.",
    "from-private": "d'un numéro masqué.",
    "received": "Reçu {when}.",
    "message-length": "Il dure {count:seconds}.",
    "message-unreadable": "Désolé, ce message ne peut pas être lu.",
    "message-written": "Ce message a été noté pour vous. Veuillez le lire sur la page web du bureau.",
    "kept": "Message conservé.",
    "deleted": "Message effacé.",
    "no-more-messages": "Il n'y a plus de messages.",
    # A person's own greeting
    "greeting-menu": (
        "Pour écouter votre annonce, tapez 1. Pour enregistrer une nouvelle annonce, tapez 2. Pour supprimer votre "
        "annonce, tapez 3. Pour revenir en arrière, tapez étoile."
    ),
    "no-greeting": "Vous n'avez pas enregistré d'annonce. Vos correspondants entendent l'annonce standard.",
    "record-greeting-after-tone": (
        "Vous pouvez enregistrer votre annonce après le bip. Quand vous aurez terminé, tapez dièse."
    ),
    "greeting-review-menu": (
        "Pour conserver cette annonce, tapez 1. Pour l'écouter, tapez 2. Pour la recommencer, tapez 3."
    ),
    "greeting-saved": "Votre annonce est enregistrée.",
    "greeting-removed": "Votre annonce est supprimée.",
    "greeting-too-short": "Cette annonce était trop courte.",
    # A person's greeting for when the person does not want to be disturbed
    "unavailable-menu": (
        "Pour écouter votre annonce d'indisponibilité, tapez 1. Pour l'enregistrer, tapez 2. Pour la supprimer, tapez "
        "3. Pour revenir en arrière, tapez étoile."
    ),
    "no-unavailable": (
        "Vous n'avez pas enregistré d'annonce d'indisponibilité. Vos correspondants entendent l'annonce standard."
    ),
    "record-unavailable-after-tone": (
        "Vous pouvez enregistrer votre annonce d'indisponibilité après le bip. Quand vous aurez terminé, tapez dièse."
    ),
    # A person's own name, as callers hear it in the directory
    "name-menu": (
        "Pour écouter votre nom, tapez 1. Pour l'enregistrer, tapez 2. Pour supprimer votre enregistrement, tapez 3. "
        "Pour revenir en arrière, tapez étoile."
    ),
    "no-name": "Vous n'avez pas enregistré votre nom. Je le dis pour vous.",
    "record-name-after-tone": "Veuillez dire votre prénom et votre nom après le bip, puis tapez dièse.",
    "name-review-menu": "Pour conserver ce nom, tapez 1. Pour l'écouter, tapez 2. Pour le recommencer, tapez 3.",
    "name-saved": "Votre nom est enregistré.",
    "name-removed": "Votre enregistrement est supprimé.",
    "name-too-short": "Désolé, je n'ai pas entendu de nom.",
    "name-too-long": "C'était trop long. Veuillez dire seulement votre nom.",
    **TELEPHONE,
    **FEATURES,
    **DIALLING,
    **LEAVING,
    **HEARING,
    **NOTICES,
}
