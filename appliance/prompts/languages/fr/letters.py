"""What is written in French: the subject and the text of each letter, by its kind.

A blank that a letter has no fact for stays empty, and a line of which nothing but empty blanks would be left is left
out. Words of the fields `when` and `sound` are entries of their own.
"""

from __future__ import annotations

from typing import Final

LETTERS: Final[dict[str, str]] = {
    "message-subject": "Nouveau message : {caller}",
    "message-text": (
        "{name}, vous avez un nouveau message.\n\nDe : {caller}\nReçu : {when}\nDurée : {length}\nMessagerie : "
        "{mailbox}\n\n{words}\n{mark}\n{sound}\n\n"
        "Une machine l'a mis par écrit et a pu mal entendre. Elle en est sûre à {sure} pour cent :\n{text}"
    ),
    "written-subject": "Message pour vous de {caller}",
    "written-text": (
        "{name}, le bureau a pris un message pour vous.\n\n"
        "De : {caller}\nReçu : {when}\nMessagerie : {mailbox}\n\n{mark}\n\n{words}"
    ),
    "new-fax-subject": "Nouveau fax de {caller}",
    "new-fax-text": (
        "Un nouveau fax est arrivé.\n\n"
        "De : {caller}\nTélécopieur : {identity}\nReçu : {when}\nPages : {pages}\nPour : {mailbox}"
        "\n\n{incomplete}\n{sound}"
    ),
    "fax-incomplete": "Il a été interrompu : des pages peuvent manquer.",
    "fax-attached": "Le fax est joint.",
    "fax-too-large": "Le fax est trop volumineux pour être joint. Vous le trouverez sur la page du standard.",
    "fax-not-attached": "Vous le trouverez sur la page du standard.",
    "urgent": "Il est marqué urgent.",
    "private": "Il est marqué confidentiel. Pour l'écouter, veuillez appeler votre messagerie.",
    "attached": "Le message est joint.",
    "too-large": "Le message est trop long pour être joint. Pour l'écouter, veuillez appeler votre messagerie.",
    "not-attached": "Pour l'écouter, veuillez appeler votre messagerie.",
    "unknown-caller": "numéro inconnu",
    "private-caller": "numéro masqué",
    "lost-caller-subject": "Appel sans réponse : {caller}",
    "lost-caller-text": (
        "{name}, quelqu'un a appelé et a raccroché sans parler à personne.\n\nDe : {caller}\nAppelé : {when}\nJusqu'où "
        ": {got_to}\n\n{asks}"
    ),
    "asks": "Cette personne souhaite être rappelée.",
    "emergency-subject": "Appel d'urgence, téléphone : {telephone}",
    "emergency-text": (
        "Un appel d'urgence est en cours.\n\nNuméro : {number}\nTéléphone : {telephone}\nLieu : {place}\nQuand : {when}"
    ),
    "first-abroad-subject": "Premier appel de nuit à l'étranger",
    "first-abroad-text": (
        "Pour la première fois, un appel à l'étranger a été passé la nuit. Si personne au bureau n'est au courant, "
        "verrouillez le téléphone.\n\nNuméro : {number}\nTéléphone : {telephone}\nPar : {who}\nQuand : {when}"
    ),
    "limit-reached-subject": "Une limite d'appels extérieurs est atteinte",
    "limit-reached-text": (
        "Pour le moment, il n'est plus passé d'appels extérieurs. Les appels d'urgence passent toujours.\n\nLimite : "
        "{limit}\nTéléphone : {telephone}\nPar : {who}\nQuand : {when}"
    ),
    "fault-subject": "Copperdesk : quelque chose ne va pas",
    "fault-text": "Le système téléphonique de {office} signale une panne.\n\nPanne : {fault}\nQuand : {when}",
    "password-reset-subject": "Un mot de passe a été remplacé",
    "password-reset-text": (
        "Un nouveau mot de passe a été choisi pour la page du système téléphonique de {office}, avec "
        "un code donné par un de ses téléphones et l'étiquette de l'appareil. Si ce n'est personne du "
        "bureau, prévenez tout de suite la personne qui s'occupe du système.\n"
        "\n"
        "Compte : {account}\n"
        "Quand : {when}"
    ),
    "test-subject": "Copperdesk : un essai",
    "test-text": "Si vous lisez ceci, les courriels du système téléphonique de {office} arrivent.",
    "fax-sent-subject": "Votre fax au {number} a été remis",
    "fax-sent-text": (
        "Le fax a été remis : l’autre appareil a confirmé chaque page.\n\n"
        "À : {to}\nNuméro : {number}\nQuoi : {what}\nPages : {pages}\nQuand : {when}\nRaison : {reason}\n\n{proof}"
    ),
    "fax-not-sent-subject": "Votre fax au {number} n’a pas été remis",
    "fax-not-sent-text": (
        "Le fax n’est plus tenté.\n\n"
        "À : {to}\nNuméro : {number}\nQuoi : {what}\nPages : {pages}\nQuand : {when}\nRaison : {reason}\n\n{proof}"
    ),
    "fax-proof-attached": "La preuve est jointe.",
    "fax-cover": (
        "Fax\n{office}\n\n"
        "À : {to}\nNuméro de fax : {number}\nDe : {from}\nDate : {date}\nPages, avec celle-ci : {pages}\n\n{note}"
    ),
    "fax-page": "page {n} sur {m}",
    "fax-delivered": "Fax remis",
    "fax-unsure": "Fax : toutes les pages confirmées, la fin non",
    "fax-not-delivered": "Fax non remis",
    "fax-number": "Numéro",
    "fax-to": "À",
    "fax-answered-as": "L’autre appareil",
    "fax-from": "De",
    "fax-what": "Quoi",
    "fax-pages": "Pages confirmées",
    "fax-queued": "Déposé",
    "fax-began": "Début du dernier appel",
    "fax-ended": "Fin",
    "fax-tries": "Appels",
    "fax-speed": "Vitesse",
    "fax-id": "Repère",
}
