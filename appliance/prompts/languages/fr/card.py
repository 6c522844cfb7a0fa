"""What stands in French on the printed card of what is dialled. A code's sentence has the name of its field."""

from __future__ import annotations

from typing import Final

CARD: Final[dict[str, str]] = {
    "title": "Téléphoner chez {office}",
    "first": "L'essentiel",
    "calling": "Appeler",
    "taking": "Prendre des appels",
    "being-called": "Être appelé",
    "messages": "Messages",
    "managers": "Pour les responsables",
    "departments": "Services",
    "people": "Personnes",
    "emergency": "Urgences, de tous les téléphones, même verrouillés.",
    "outside-before": "Un {outside} devant ne gêne pas.",
    "outside-line": "Ligne extérieure : composez ensuite le numéro.",
    "operator": "Le standard.",
    "hear-messages": "Écouter vos messages. Votre propre numéro de poste fait de même.",
    "without-star": (
        "Les téléphones à cadran n'ont pas d'étoile. Composez {instead} à sa place : {dialled} pour {code}."
    ),
}

CODES: Final[dict[str, str]] = {
    "without_waiting": "Appeler sans être dérangé par un autre appel : composez ensuite le numéro.",
    "last_number": "Rappeler le dernier numéro composé.",
    "call_return": "Entendre qui a appelé en dernier et quand, et rappeler d'une touche.",
    "who_called": "Entendre qui a appelé en dernier et quand.",
    "speed": "Numéro abrégé : un chiffre ensuite pour les vôtres, deux pour ceux du bureau.",
    "set_speed": "Enregistrer un numéro abrégé à vous.",
    "redial": "Après un numéro occupé : les deux téléphones sonnent dès qu'il est libre.",
    "redial_no_more": "Ne plus attendre un numéro occupé.",
    "page": "Parler sur tous les téléphones, ou sur ceux du groupe dont vous composez ensuite le numéro.",
    "conference": "Rejoindre une conférence : composez ensuite son numéro.",
    "account": "Appeler pour un compte : composez ensuite son code, puis le numéro.",
    "park": "Parquer un appel : appuyez sur la touche R, puis composez ceci. Vous entendez la place.",
    "take_parked": "Reprendre un appel parqué : composez ensuite sa place.",
    "fax": "Un fax appelle : appuyez sur la touche R, puis composez ceci. Le fax est reçu.",
    "pick_up": "Répondre à un téléphone qui sonne près de vous.",
    "pick_up_from": "Répondre au téléphone de quelqu'un : composez ensuite le numéro de poste.",
    "do_not_disturb": "Activer le mode ne pas déranger.",
    "disturb": "Désactiver le mode ne pas déranger.",
    "forward": "Renvoyer vos appels.",
    "forward_no_more": "Ne plus renvoyer vos appels.",
    "come": "Vous êtes au bureau.",
    "leave": "Vous êtes absent.",
    "departments": "Recevoir ou non les appels d'un service.",
    "block_last": "Bloquer le dernier correspondant.",
    "wake_up": "Programmer un réveil, ou l'annuler.",
    "log_in": "Faire de ce téléphone le vôtre, avec votre poste et votre code secret.",
    "log_out": "Rendre le téléphone.",
    "lock": "Verrouiller le téléphone.",
    "unlock": "Déverrouiller le téléphone avec votre code secret.",
    "lost_callers": "Entendre qui a appelé sans joindre personne, et rappeler d'une touche.",
    "night_mode": "Fermer ou ouvrir le bureau, ou suivre les horaires.",
    "record_prompts": "Enregistrer ce qu'entendent les appelants.",
    "announcement": "Enregistrer l'annonce que tous entendent d'abord, l'activer et la désactiver.",
    "emergency_test": "Essayer ce que fait un appel d'urgence : seule la personne à prévenir est appelée.",
    "listen_in": "Pour le standard : écouter un appel d'urgence.",
    "spoken_code": "Entendre le code que la page locale demande.",
    "address": "Entendre l'adresse de l'appareil dans le réseau.",
    "version": "Entendre la version du programme.",
}
