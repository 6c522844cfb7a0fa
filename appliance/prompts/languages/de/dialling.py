"""What is said in German to who dials outside: classes of service, accounts, limits, log-in, lock."""

from __future__ import annotations

from typing import Final

from appliance.prompts.language import CatalogueEntry

DIALLING: Final[dict[str, CatalogueEntry]] = {
    # Classes of service
    "may-not-call-outside": "Von diesem Telefon können Sie leider nicht nach draußen anrufen.",
    "may-not-call-national": "Von diesem Telefon können Sie leider keine Ferngespräche führen.",
    "may-not-call-mobile": "Von diesem Telefon können Sie leider keine Handys anrufen.",
    "may-not-call-abroad": "Von diesem Telefon können Sie leider nicht ins Ausland anrufen.",
    "may-not-call-premium": "Von diesem Telefon können Sie leider keine Nummern anrufen, die mehr kosten.",
    "may-not-be-called-from-outside": "Diese Nummer kann von außerhalb des Büros leider nicht angerufen werden.",
    # Limits
    "limit-of-the-hour": (
        "Leider haben Sie für diese Stunde alle Anrufe nach draußen verbraucht. Bitte versuchen Sie es später noch "
        "einmal."
    ),
    "limit-of-the-day": (
        "Leider haben Sie für heute alle Anrufe nach draußen verbraucht. Bitte wenden Sie sich an die Zentrale."
    ),
    "limit-at-once": "Leider führen Sie zu viele Gespräche nach draußen zugleich. Bitte beenden Sie erst eines davon.",
    "limit-from-outside": (
        "Diese Nummer kann gerade leider nicht angerufen werden. Bitte versuchen Sie es später noch einmal."
    ),
    # The first call abroad while the office is closed, as the operator hears it
    "abroad-from-extension": (
        "Das Büro ist geschlossen, und die Durchwahl {extension} ruft im Ausland an. Die Nummer ist {number}."
    ),
    "abroad-from-nobody": "Das Büro ist geschlossen, und ein Telefon ruft im Ausland an. Die Nummer ist {number}.",
    "abroad-from-outside": (
        "Das Büro ist geschlossen, und ein Anruf wurde ins Ausland weitergeleitet. Die Nummer ist {number}."
    ),
    # Accounts
    "enter-account": "Bitte geben Sie den Code der Kostenstelle ein, und drücken Sie dann die Rautetaste.",
    "no-such-account": "Diese Kostenstelle gibt es leider nicht.",
    # Logging in at another telephone
    "logged-in-until": "Sie sind angemeldet. Ihre Anmeldung an diesem Telefon endet {when}.",
    "logged-out": "Sie sind abgemeldet. Vielen Dank.",
    "nobody-logged-in": "An diesem Telefon ist niemand angemeldet.",
    # The lock
    "telephone-locked": "Dieses Telefon ist gesperrt. Es kann im Büro anrufen, und Notrufnummern.",
    "telephone-unlocked": "Dieses Telefon ist entsperrt.",
    "nobody-could-unlock": (
        "Dieses Telefon kann leider nicht gesperrt werden, weil niemand eine PIN hat, um es zu entsperren."
    ),
    "not-yours-to-unlock": "Dieses Telefon kann leider nur entsperren, wem es gehört, oder die Büroleitung.",
}
