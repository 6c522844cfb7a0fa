"""What is said in Spanish to who dials outside: classes of service, accounts, limits, log-in, lock."""

from __future__ import annotations

from typing import Final

from appliance.prompts.language import CatalogueEntry

DIALLING: Final[dict[str, CatalogueEntry]] = {
    # Classes of service
    "may-not-call-outside": "Lo sentimos, este teléfono no puede llamar fuera de la oficina.",
    "may-not-call-national": "Lo sentimos, este teléfono no puede hacer llamadas de larga distancia.",
    "may-not-call-mobile": "Lo sentimos, este teléfono no puede llamar a móviles.",
    "may-not-call-abroad": "Lo sentimos, este teléfono no puede llamar al extranjero.",
    "may-not-call-premium": "Lo sentimos, este teléfono no puede llamar a números de tarificación especial.",
    "may-not-be-called-from-outside": "Lo sentimos, a este número no se puede llamar desde fuera de la oficina.",
    # Limits
    "limit-of-the-hour": (
        "Lo sentimos, ya ha hecho todas las llamadas exteriores de esta hora. Por favor, inténtelo más tarde."
    ),
    "limit-of-the-day": (
        "Lo sentimos, ya ha hecho todas las llamadas exteriores de hoy. Por favor, pida ayuda a la operadora."
    ),
    "limit-at-once": (
        "Lo sentimos, tiene demasiadas llamadas exteriores a la vez. Por favor, termine antes una de ellas."
    ),
    "limit-from-outside": "Lo sentimos, ahora no se puede llamar a este número. Por favor, inténtelo más tarde.",
    # The first call abroad while the office is closed, as the operator hears it
    "abroad-from-extension": (
        "La oficina está cerrada, y la extensión {extension} llama al extranjero. El número es el {number}."
    ),
    "abroad-from-nobody": "La oficina está cerrada, y un teléfono llama al extranjero. El número es el {number}.",
    "abroad-from-outside": (
        "La oficina está cerrada, y una llamada se ha desviado al extranjero. El número es el {number}."
    ),
    # Accounts
    "enter-account": "Por favor, marque el código de la cuenta. Después marque la tecla numeral, o almohadilla.",
    "no-such-account": "Lo sentimos, esa cuenta no existe.",
    # Logging in at another telephone
    "logged-in-until": "Este teléfono es ahora el suyo. Dejará de serlo {when}.",
    "logged-out": "Este teléfono ya no es el suyo. Gracias.",
    "nobody-logged-in": "Nadie ha hecho suyo este teléfono.",
    # The lock
    "telephone-locked": "Este teléfono está bloqueado. Puede llamar a la oficina y a los números de emergencia.",
    "telephone-unlocked": "Este teléfono está desbloqueado.",
    "nobody-could-unlock": (
        "Lo sentimos, este teléfono no se puede bloquear, porque nadie tiene una clave para desbloquearlo."
    ),
    "not-yours-to-unlock": "Lo sentimos, este teléfono solo lo puede desbloquear su dueño o un encargado.",
}
