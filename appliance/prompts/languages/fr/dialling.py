"""What is said in French to who dials outside: classes of service, accounts, limits, log-in, lock."""

from __future__ import annotations

from typing import Final

from appliance.prompts.language import CatalogueEntry

DIALLING: Final[dict[str, CatalogueEntry]] = {
    # Classes of service
    "may-not-call-outside": "Désolé, ce téléphone ne peut pas appeler à l'extérieur du bureau.",
    "may-not-call-national": "Désolé, ce téléphone ne peut pas passer d'appels interurbains.",
    "may-not-call-mobile": "Désolé, ce téléphone ne peut pas appeler les portables.",
    "may-not-call-abroad": "Désolé, ce téléphone ne peut pas appeler à l'étranger.",
    "may-not-call-premium": "Désolé, ce téléphone ne peut pas appeler les numéros surtaxés.",
    "may-not-be-called-from-outside": "Désolé, ce numéro ne peut pas être appelé depuis l'extérieur du bureau.",
    # Limits
    "limit-of-the-hour": (
        "Désolé, vous avez passé tous vos appels extérieurs de cette heure. Veuillez réessayer plus tard."
    ),
    "limit-of-the-day": (
        "Désolé, vous avez passé tous vos appels extérieurs d'aujourd'hui. Veuillez vous adresser au standard."
    ),
    "limit-at-once": "Désolé, vous avez trop d'appels extérieurs à la fois. Veuillez d'abord en terminer un.",
    "limit-from-outside": "Désolé, ce numéro ne peut pas être appelé pour le moment. Veuillez réessayer plus tard.",
    # The first call abroad while the office is closed, as the operator hears it
    "abroad-from-extension": (
        "Le bureau est fermé, et le poste {extension} appelle à l'étranger. Le numéro est le {number}."
    ),
    "abroad-from-nobody": "Le bureau est fermé, et un téléphone appelle à l'étranger. Le numéro est le {number}.",
    "abroad-from-outside": "Le bureau est fermé, et un appel a été renvoyé à l'étranger. Le numéro est le {number}.",
    # Accounts
    "enter-account": "Veuillez composer le code du compte, puis tapez dièse.",
    "no-such-account": "Désolé, ce compte n'existe pas.",
    # Logging in at another telephone
    "logged-in-until": "Ce téléphone est maintenant le vôtre. Il cessera de l'être {when}.",
    "logged-out": "Ce téléphone n'est plus le vôtre. Merci.",
    "nobody-logged-in": "Personne n'utilise ce téléphone comme le sien.",
    # The lock
    "telephone-locked": "Ce téléphone est verrouillé. Il peut appeler le bureau, et les numéros d'urgence.",
    "telephone-unlocked": "Ce téléphone est déverrouillé.",
    "nobody-could-unlock": (
        "Désolé, ce téléphone ne peut pas être verrouillé, car personne n'a de code pour le déverrouiller."
    ),
    "not-yours-to-unlock": "Désolé, seul son titulaire ou un responsable peut déverrouiller ce téléphone.",
}
