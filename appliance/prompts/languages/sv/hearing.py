"""What is said in Swedish to who hears messages."""

from __future__ import annotations

from typing import Final

from appliance.prompts.language import CatalogueEntry, Plural

HEARING: Final[dict[str, CatalogueEntry]] = {
    # Coming into a mailbox
    "try-again-in": "Tyvärr har fel kod slagits för många gånger. Försök igen om {count:seconds}.",
    "urgent-among-them": Plural(
        "count",
        one="Ett meddelande är brådskande.",
        other="{count} meddelanden är brådskande.",
    ),
    "mailbox-nearly-full": Plural(
        "count",
        one="Din röstbrevlåda är nästan full. Det finns plats för ett meddelande till.",
        other="Din röstbrevlåda är nästan full. Det finns plats för {count} meddelanden till.",
    ),
    "own-mailbox-full": "Din röstbrevlåda är full. Ingen kan lämna meddelanden förrän du raderar några.",
    "heard-are-deleted": Plural(
        "count",
        one="Meddelanden som du har hört raderas efter en dag.",
        other="Meddelanden som du har hört raderas efter {count:common} dagar.",
    ),
    # The menu of a mailbox
    "mailbox-menu": "För nya meddelanden, tryck 1. För sparade meddelanden, tryck 2. För alla val, tryck 0.",
    "choice-greetings": "För att ändra hälsningarna, tryck 3.",
    "choice-greetings-and-name": "För att ändra dina hälsningar eller ditt namn, tryck 3.",
    "choice-do-not-disturb": "För att slå på eller stänga av stör ej, tryck 6.",
    "choice-forwarding": "För att vidarekoppla dina samtal, tryck 7.",
    "choice-send": "För att skicka ett meddelande till någon på kontoret, tryck 8.",
    "choice-lost-callers": "För att höra vem som ringde utan att lämna meddelande, tryck 9.",
    "choice-deleted": "För att höra vad du har raderat i det här samtalet, tryck fyrkant.",
    "nothing-deleted": "Du har inte raderat något meddelande i det här samtalet.",
    # A message
    "urgent-message-number": "Brådskande meddelande {count},",
    "deleted-message-number": "Raderat meddelande {count},",
    "forwarded-by": "Vidarebefordrat av {name}.",
    "message-is-private": "Det här meddelandet är privat.",
    "heard-by": "{name} lyssnade på det {when}.",
    "heard-by-name": "{name} lyssnade på det.",
    "message-ends": "Det raderas {when}.",
    "message-menu": (
        "För att höra det igen, tryck 1. För att behålla det, tryck 2. För att radera det, tryck 3. För fler val, "
        "tryck 0."
    ),
    "deleted-message-menu": (
        "För att höra det igen, tryck 1. För att återställa det, tryck 2. För nästa, tryck fyrkant."
    ),
    "message-choices": (
        "För att besvara meddelandet, tryck 1. För att vidarebefordra det, tryck 2. För att märka det som nytt, tryck "
        "3. För att höra knapparna vid lyssning, tryck 4. För att gå tillbaka, tryck stjärna."
    ),
    "listening-keys": (
        "Medan du lyssnar, tryck 4 för att gå tillbaka fem sekunder. Tryck 6 för att gå framåt. Tryck 5 för paus. "
        "Tryck 7 för att lyssna långsammare. Tryck 9 för att lyssna snabbare. Tryck 8 för att höra vem som lämnade det "
        "och när. Tryck fyrkant för nästa meddelande. Tryck 1 och sedan 1 igen för det förra."
    ),
    "paused": "Paus. För att fortsätta, tryck 5.",
    "marked-new": "Meddelandet är nytt igen.",
    "brought-back": "Meddelandet är återställt.",
    "deleted-elsewhere": "Någon annan har just raderat meddelandet.",
    # Answering a message
    "answer-menu": (
        "För att ringa tillbaka, tryck 1. För att skicka ett meddelande till {name}, tryck 2. För att gå tillbaka, "
        "tryck stjärna."
    ),
    "call-back-menu": "För att ringa tillbaka, tryck 1. För att gå tillbaka, tryck stjärna.",
    "no-number-to-answer": "Meddelandet kom utan nummer, så det går inte att besvara.",
    "may-not-call-back": "Tyvärr går det inte att ringa det numret härifrån.",
    # Sending and forwarding a message
    "record-introduction": (
        "Du kan tala in en inledning efter tonen. Tryck fyrkant när du är klar. För att vidarebefordra meddelandet "
        "utan inledning, tryck bara fyrkant."
    ),
    "private-not-forwarded": "Meddelandet är privat, så det går inte att vidarebefordra.",
    "send-review-menu": (
        "För att skicka meddelandet, tryck 1. För att lyssna på det, tryck 2. För att spela in det på nytt, tryck 3. "
        "För att avbryta det, tryck stjärna."
    ),
    "enter-recipient": "Vem ska få det? Slå anknytningen. För att avbryta, tryck stjärna.",
    "everybody-gets-it": "För alla på kontoret, tryck 0.",
    "recipient-added": "{name}. Slå en anknytning till, eller tryck fyrkant för att skicka.",
    "no-such-recipient": "Tyvärr finns det ingen röstbrevlåda med den anknytningen.",
    "recipients-mailbox-full": "Röstbrevlådan för {name} är full. Dit skickades det inte.",
    "message-sent": Plural(
        "count",
        one="Meddelandet har skickats.",
        other="Meddelandet har skickats till {count:common} röstbrevlådor.",
    ),
    "message-not-sent": "Ingenting har skickats.",
    "days-until-deleted": (
        "Efter hur många dagar ska det raderas, om ingen har lyssnat på det? Slå antalet, och tryck sedan fyrkant. För "
        "att behålla det, tryck bara fyrkant."
    ),
}
