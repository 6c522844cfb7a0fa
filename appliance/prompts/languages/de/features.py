"""What is said in German by the codes that a telephone dials: numbers, pages, wake-up calls, conferences, help."""

from __future__ import annotations

from typing import Final

from appliance.prompts.language import CatalogueEntry

FEATURES: Final[dict[str, CatalogueEntry]] = {
    # The number dialled last, and who called
    "nothing-dialled": "Von diesem Telefon wurde noch keine Nummer draußen gewählt.",
    "nobody-called": "Hier hat noch niemand angerufen.",
    "last-caller-name": "Der letzte Anruf kam von {name}.",
    "last-caller-private": "Der letzte Anruf kam mit unterdrückter Nummer.",
    "last-caller-unknown": "Die Nummer des letzten Anrufs ist nicht bekannt.",
    "called-at": "Der Anruf kam {when}.",
    "call-last-back-menu": "Um zurückzurufen, drücken Sie die 1.",
    "cannot-call-back": "Dieser Anruf kann leider nicht zurückgerufen werden.",
    # Speed numbers
    "no-speed-number": "Dort ist keine Nummer gespeichert.",
    "enter-speed-key": "Bitte drücken Sie die Ziffer, die Ihre Kurzwahl haben soll.",
    "enter-speed-number": (
        "Bitte geben Sie die Nummer so ein, wie Sie sie im Büro wählen, und drücken Sie dann die Rautetaste. Um eine "
        "gespeicherte Nummer zu entfernen, drücken Sie nur die Rautetaste."
    ),
    "speed-stored": "Ihre Kurzwahl {key} ist jetzt {number}.",
    "speed-removed": "Ihre Kurzwahl {key} wurde entfernt.",
    "speed-refused": "Diese Nummer kann leider nicht gespeichert werden.",
    # A busy number or colleague is called again
    "redial-number": "Ihr Telefon klingelt, sobald {number} frei ist. Sie können jetzt auflegen.",
    "redial-name": "Ihr Telefon klingelt, sobald {name} nicht mehr telefoniert. Sie können jetzt auflegen.",
    "redial-impossible": "Leider gibt es keine Nummer, die ich noch einmal versuchen könnte.",
    "redial-ended": "Ich versuche es nicht mehr. Ihr Telefon klingelt dafür nicht mehr.",
    "redial-none": "Ich habe für Sie keine Nummer versucht.",
    "busy-again": "{name} telefoniert wieder. Ich versuche es weiter.",
    "redial-gone": "Die Gegenseite hat leider gerade aufgelegt.",
    # The same, to whoever answers outside before the telephone here is lifted
    "hold-for-call": "Guten Tag. Bitte bleiben Sie am Apparat, jemand möchte Sie sprechen.",
    "call-not-taken": "Leider kann gerade niemand mit Ihnen sprechen. Auf Wiederhören.",
    # Pages
    "no-such-group": "Leider gibt es keine Gruppe mit dieser Nummer.",
    "page-nobody": "Leider hört niemand zu.",
    # Wake-up calls
    "enter-wake-up-time": (
        "Bitte geben Sie die Zeit Ihres Weckrufs mit vier Ziffern ein. Die ersten zwei sind die Stunde, von 0 bis 23."
    ),
    "wake-up-set": "Ihr Telefon klingelt {when}.",
    "wake-up-menu": (
        "Um diesen Weckruf zu löschen, drücken Sie die 1. Um eine andere Zeit einzustellen, drücken Sie die 2."
    ),
    "wake-up-ended": "Ihr Weckruf ist gelöscht.",
    "wake-up": "Guten Tag. Dies ist Ihr Weckruf für {when}.",
    # Conferences
    "enter-conference": "Bitte drücken Sie die Ziffer Ihrer Konferenz.",
    "conference-first": "Sie sind als Erstes da. Bitte bleiben Sie am Apparat, bis jemand dazukommt.",
    "conference-alone": "Alle anderen sind gegangen. Bitte bleiben Sie am Apparat, oder legen Sie auf.",
    "conference-joined": "{name} ist da.",
    "conference-full": "Diese Konferenz ist leider voll.",
    # Whoever answers for the office listens to a call, to those who talk
    "somebody-listens": "Ab jetzt hört jemand im Büro dieses Gespräch mit.",
    # Emergency calls, to people in the office
    "emergency-called": "Jemand hat um Hilfe gerufen, unter {number}. Das Telefon ist {name}.",
    "emergency-place": "Der Ort ist {place}.",
    "listen-menu": "Um das Gespräch mitzuhören, drücken Sie die 1.",
    "listening-in": "Sie hören das Gespräch jetzt mit. Sie selbst hört niemand.",
    "emergency-over": "Dieser Anruf ist beendet.",
    "no-emergency-call": "Zurzeit gibt es keinen Notruf.",
    "operators-only": "Das kann leider nur die Zentrale tun.",
    "emergency-test-only": "Dies ist nur eine Probe.",
    "emergency-test": "Dies ist eine Probe des Notrufs. Draußen wird niemand angerufen. Bitte bleiben Sie am Apparat.",
    "emergency-test-told": "{name} weiß jetzt Bescheid.",
    "emergency-test-nobody": "Es hat sich niemand gemeldet. Bitte prüfen Sie, wer Notrufe erfahren soll.",
    # Setting the unit up at its local page
    "spoken-code": "Ihr Code für die Weboberfläche lautet {number}.",
    "no-spoken-code": "Im Moment wird kein Code gebraucht.",
    "unit-address": "Die Adresse dieses Geräts ist {first} Punkt {second} Punkt {third} Punkt {fourth}.",
    "unit-name": "Es heißt {name}.",
    "no-unit-address": "Dieses Gerät hat keine Adresse im Netzwerk. Bitte prüfen Sie das Kabel.",
    "unit-mistakes": "Die Datei auf der Speicherkarte hat Fehler und wird nicht benutzt. Sie stehen daneben.",
    "unit-version": "Auf diesem Gerät läuft Version {version}.",
    "update-gone": "Die Aktualisierung auf Version {version} ist nicht geblieben.",
    "update-no-start": "Sie ist nicht gestartet.",
    "update-no-call": "Sie hat keinen Anruf angenommen.",
    "update-no-office": "Sie konnte die Einstellungen des Büros nicht lesen.",
    "update-interrupted": "Das Gerät wurde während ihrer Probe neu gestartet.",
    "update-asked": "Jemand wollte die vorige Version zurück.",
    "line-found": "Guten Tag. Diese Leitung führt zu Ihrer neuen Telefonanlage. Auf Wiederhören.",
    "telephone-found": "Danke. Dieses Telefon ist gefunden, Sie können jetzt auflegen.",
}
