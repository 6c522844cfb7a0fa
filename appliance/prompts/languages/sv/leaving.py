"""What is said in Swedish to who leaves a message, and to who records what such callers hear."""

from __future__ import annotations

from typing import Final

from appliance.prompts.language import CatalogueEntry

LEAVING: Final[dict[str, CatalogueEntry]] = {
    # In a greeting
    "closed-mailbox": "Vi har stängt just nu. Du har kommit till röstbrevlådan för {name}.",
    "for-person-press-zero": "För {name}, tryck 0.",
    "for-call-back-press-nine": "För att bli uppringd, tryck 9.",
    "dial-another-extension": "För att nå någon annan, slå anknytningen nu.",
    # To be called back
    "call-back-at": "Vi kan ringa dig på {number}. Om det stämmer, tryck 1. För att ange ett annat nummer, tryck 2.",
    "call-back-booked": "Tack. Vi ringer upp dig.",
    "call-back-without-number": "Tyvärr fick vi inget nummer. Lämna gärna ett meddelande i stället.",
    "call-back-not-noted": "Det gick tyvärr inte att notera. Lämna gärna ett meddelande i stället.",
    # After a message
    "review-menu": (
        "För att spara meddelandet, tryck 1. För att lyssna på det, tryck 2. För att spela in det på nytt, tryck 3. "
        "För att lägga till något, tryck 4. För att märka det som brådskande, tryck 5. För att märka det som privat, "
        "tryck 6. För att avbryta det, tryck stjärna."
    ),
    "go-on-after-tone": "Fortsätt efter tonen.",
    "marked-urgent": "Meddelandet är märkt som brådskande.",
    "marked-urgent-no-more": "Meddelandet är inte längre märkt som brådskande.",
    "marked-private": "Meddelandet är märkt som privat.",
    "marked-private-no-more": "Meddelandet är inte längre märkt som privat.",
    "message-cancelled": "Meddelandet har tagits bort. Ingenting har sparats.",
    "message-as-long-as-it-may-be": "Meddelandet kan inte bli längre. Det har sparats.",
    # The greetings of a mailbox
    "greetings-menu": (
        "För din vanliga hälsning, tryck 1. För hälsningen för stör ej, tryck 2. För hälsningen när du sitter i "
        "telefon, tryck 3. För hälsningen när kontoret är stängt, tryck 4. För en tillfällig hälsning, tryck 5. För "
        "ditt namn, tryck 6. För att gå tillbaka, tryck stjärna."
    ),
    "department-greetings-menu": (
        "För den vanliga hälsningen, tryck 1. För hälsningen när kontoret är stängt, tryck 4. För en tillfällig "
        "hälsning, tryck 5. För att gå tillbaka, tryck stjärna."
    ),
    "busy-greeting-menu": (
        "För att höra hälsningen när du sitter i telefon, tryck 1. För att spela in den, tryck 2. För att ta bort den, "
        "tryck 3. För att gå tillbaka, tryck stjärna."
    ),
    "no-busy-greeting": "Du har inte spelat in någon hälsning för när du sitter i telefon.",
    "record-busy-greeting-after-tone": (
        "Tala in hälsningen för när du sitter i telefon efter tonen. Tryck fyrkant när du är klar."
    ),
    "closed-greeting-menu": (
        "För att höra hälsningen när kontoret är stängt, tryck 1. För att spela in den, tryck 2. För att ta bort den, "
        "tryck 3. För att gå tillbaka, tryck stjärna."
    ),
    "no-closed-greeting": "Du har inte spelat in någon hälsning för när kontoret är stängt.",
    "record-closed-greeting-after-tone": (
        "Tala in hälsningen för när kontoret är stängt efter tonen. Tryck fyrkant när du är klar."
    ),
    "temporary-greeting-menu": (
        "För att höra din tillfälliga hälsning, tryck 1. För att spela in den, tryck 2. För att avsluta den, tryck 3. "
        "För att gå tillbaka, tryck stjärna."
    ),
    "no-temporary-greeting": "Det finns ingen tillfällig hälsning just nu.",
    "record-temporary-greeting-after-tone": (
        "Tala in din tillfälliga hälsning efter tonen. Tryck fyrkant när du är klar."
    ),
    "temporary-greeting-days": (
        "Hur många dagar ska de som ringer höra den, i dag inräknad? Slå antalet, och tryck sedan fyrkant."
    ),
    "temporary-greeting-until": "Din tillfälliga hälsning upphör {when}.",
    "temporary-greeting-over": "Din tillfälliga hälsning har upphört. De som ringer hör dina andra hälsningar igen.",
}
