"""What is said in Swedish by the codes that a telephone dials: numbers, pages, wake-up calls, conferences, help."""

from __future__ import annotations

from typing import Final

from appliance.prompts.language import CatalogueEntry

FEATURES: Final[dict[str, CatalogueEntry]] = {
    # The number dialled last, and who called
    "nothing-dialled": "Inget nummer utanför kontoret har slagits på den här telefonen ännu.",
    "nobody-called": "Ingen har ringt hit ännu.",
    "last-caller-name": "Det senaste samtalet kom från {name}.",
    "last-caller-private": "Det senaste samtalet kom från skyddat nummer.",
    "last-caller-unknown": "Numret för det senaste samtalet är okänt.",
    "called-at": "Samtalet kom {when}.",
    "call-last-back-menu": "För att ringa tillbaka, tryck 1.",
    "cannot-call-back": "Tyvärr går det inte att ringa tillbaka.",
    # Speed numbers
    "no-speed-number": "Där finns inget nummer sparat.",
    "enter-speed-key": "Tryck siffran som ditt kortnummer ska ha.",
    "enter-speed-number": (
        "Slå numret precis som på kontoret, och tryck sedan fyrkant. För att ta bort ett sparat nummer, tryck bara "
        "fyrkant."
    ),
    "speed-stored": "Ditt kortnummer {key} är nu {number}.",
    "speed-removed": "Ditt kortnummer {key} har tagits bort.",
    "speed-refused": "Det numret kan tyvärr inte sparas.",
    # A busy number or colleague is called again
    "redial-number": "Din telefon ringer så snart {number} är ledigt. Du kan lägga på nu.",
    "redial-name": "Din telefon ringer så snart {name} inte längre sitter i telefon. Du kan lägga på nu.",
    "redial-impossible": "Tyvärr finns det inget nummer som jag kan försöka med igen.",
    "redial-ended": "Jag har slutat försöka. Din telefon ringer inte längre för det.",
    "redial-none": "Jag försökte inte med något nummer åt dig.",
    "busy-again": "{name} sitter i telefon igen. Jag fortsätter att försöka.",
    "redial-gone": "Tyvärr lade den andra sidan på just nu.",
    # The same, to whoever answers outside before the telephone here is lifted
    "hold-for-call": "Hej. Vänta kvar, någon vill tala med dig.",
    "call-not-taken": "Tyvärr kan ingen tala med dig just nu. Hej då.",
    # Pages
    "no-such-group": "Tyvärr finns det ingen grupp med det numret.",
    "page-nobody": "Tyvärr är det ingen som lyssnar.",
    # Wake-up calls
    "enter-wake-up-time": "Slå tiden för din väckning med fyra siffror. De första två är timmen, från 0 till 23.",
    "wake-up-set": "Din telefon ringer {when}.",
    "wake-up-menu": "För att ta bort väckningen, tryck 1. För att ställa en annan tid, tryck 2.",
    "wake-up-ended": "Din väckning har tagits bort.",
    "wake-up": "Hej. Det här är din väckning för {when}.",
    # Conferences
    "enter-conference": "Tryck siffran för din konferens.",
    "conference-first": "Du är först här. Vänta kvar tills någon kommer.",
    "conference-alone": "Alla andra har gått. Vänta kvar, eller lägg på.",
    "conference-joined": "{name} är här.",
    "conference-full": "Konferensen är tyvärr full.",
    # Whoever answers for the office listens to a call, to those who talk
    "somebody-listens": "Från och med nu lyssnar någon på kontoret på samtalet.",
    # Emergency calls, to people in the office
    "emergency-called": "Någon har ringt efter hjälp, till {number}. Telefonen är {name}.",
    "emergency-place": "Platsen är {place}.",
    "listen-menu": "För att lyssna på samtalet, tryck 1.",
    "listening-in": "Nu hör du samtalet. Ingen hör dig.",
    "emergency-over": "Samtalet är avslutat.",
    "no-emergency-call": "Det pågår inget nödsamtal just nu.",
    "operators-only": "Tyvärr kan bara växeln göra det här.",
    "emergency-test-only": "Det här är bara ett prov.",
    "emergency-test": "Det här är ett prov av nödsamtal. Ingen utanför kontoret rings upp. Vänta gärna kvar.",
    "emergency-test-told": "{name} vet om det nu.",
    "emergency-test-nobody": "Ingen har svarat. Kontrollera vem som ska få veta om nödsamtal.",
    # Setting the unit up at its local page
    "spoken-code": "Din kod för den lokala webbsidan är {number}.",
    "no-spoken-code": "Just nu behövs ingen kod.",
    "unit-address": "Enhetens adress är {first} punkt {second} punkt {third} punkt {fourth}.",
    "unit-name": "Den heter {name}.",
    "no-unit-address": "Enheten har ingen adress i nätverket. Kontrollera kabeln.",
    "unit-mistakes": "Filen på minneskortet har fel och används inte. De står i en fil bredvid.",
    "unit-version": "Den här enheten kör version {version}.",
    "update-gone": "Uppdateringen till version {version} blev inte kvar.",
    "update-no-start": "Den startade inte.",
    "update-no-call": "Den tog inte emot något samtal.",
    "update-no-office": "Den kunde inte läsa kontorets inställningar.",
    "update-interrupted": "Enheten startades om under provet.",
    "update-asked": "Någon ville ha den förra versionen.",
    "line-found": "Hej. Den här linjen går till er nya telefonväxel. Hej då.",
    "telephone-found": "Tack. Den här telefonen är hittad, nu kan du lägga på.",
}
