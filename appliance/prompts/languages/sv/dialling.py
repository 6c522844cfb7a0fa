"""What is said in Swedish to who dials outside: classes of service, accounts, limits, log-in, lock."""

from __future__ import annotations

from typing import Final

from appliance.prompts.language import CatalogueEntry

DIALLING: Final[dict[str, CatalogueEntry]] = {
    # Classes of service
    "may-not-call-outside": "Tyvärr får den här telefonen inte ringa utanför kontoret.",
    "may-not-call-national": "Tyvärr får den här telefonen inte ringa rikssamtal.",
    "may-not-call-mobile": "Tyvärr får den här telefonen inte ringa till mobiltelefoner.",
    "may-not-call-abroad": "Tyvärr får den här telefonen inte ringa utomlands.",
    "may-not-call-premium": "Tyvärr får den här telefonen inte ringa betalnummer.",
    "may-not-be-called-from-outside": "Tyvärr går det inte att ringa det numret utifrån.",
    # Limits
    "limit-of-the-hour": "Tyvärr har du ringt alla dina samtal ut för den här timmen. Försök gärna igen senare.",
    "limit-of-the-day": "Tyvärr har du ringt alla dina samtal ut för i dag. Be växeln om hjälp.",
    "limit-at-once": "Tyvärr har du för många samtal ut på en gång. Avsluta först ett av dem.",
    "limit-from-outside": "Tyvärr går det inte att ringa det numret just nu. Försök gärna igen senare.",
    # The first call abroad while the office is closed, as the operator hears it
    "abroad-from-extension": "Kontoret är stängt, och anknytning {extension} ringer utomlands. Numret är {number}.",
    "abroad-from-nobody": "Kontoret är stängt, och en telefon ringer utomlands. Numret är {number}.",
    "abroad-from-outside": "Kontoret är stängt, och ett samtal vidarekopplades utomlands. Numret är {number}.",
    # Accounts
    "enter-account": "Slå kontots kod, och tryck sedan fyrkant.",
    "no-such-account": "Det kontot finns tyvärr inte.",
    # Logging in at another telephone
    "logged-in-until": "Du är inloggad. Inloggningen på den här telefonen upphör {when}.",
    "logged-out": "Du är utloggad. Tack.",
    "nobody-logged-in": "Ingen är inloggad på den här telefonen.",
    # The lock
    "telephone-locked": "Den här telefonen är låst. Den kan ringa kontoret, och nödnummer.",
    "telephone-unlocked": "Den här telefonen är upplåst.",
    "nobody-could-unlock": (
        "Tyvärr kan den här telefonen inte låsas, eftersom ingen har en pinkod för att låsa upp den."
    ),
    "not-yours-to-unlock": "Tyvärr kan bara telefonens ägare eller en chef låsa upp den.",
}
