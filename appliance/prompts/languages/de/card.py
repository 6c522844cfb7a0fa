"""What stands in German on the printed card of what is dialled. A code's sentence has the name of its field."""

from __future__ import annotations

from typing import Final

CARD: Final[dict[str, str]] = {
    "title": "Telefonieren bei {office}",
    "first": "Das Wichtigste",
    "calling": "Anrufen",
    "taking": "Anrufe annehmen",
    "being-called": "Erreichbar sein",
    "messages": "Nachrichten",
    "managers": "Für die Büroleitung",
    "departments": "Abteilungen",
    "people": "Personen",
    "emergency": "Notruf, von jedem Telefon, auch von einem gesperrten.",
    "outside-before": "Eine {outside} davor stört nicht.",
    "outside-line": "Nach draußen: Die Nummer danach wählen.",
    "operator": "Die Zentrale.",
    "hear-messages": "Nachrichten anhören. Die eigene Durchwahl tut dasselbe.",
    "without-star": (
        "Telefone mit Wählscheibe haben keinen Stern. Wählen Sie dort {instead} statt des Sterns: {dialled} für {code}."
    ),
}

CODES: Final[dict[str, str]] = {
    "without_waiting": "Anrufen, ohne dass dabei angeklopft wird: Die Nummer danach wählen.",
    "last_number": "Die zuletzt gewählte Nummer noch einmal wählen.",
    "call_return": "Hören, wer zuletzt angerufen hat und wann, und mit einer Taste zurückrufen.",
    "who_called": "Hören, wer zuletzt angerufen hat und wann.",
    "speed": "Kurzwahl: Danach eine Ziffer für Ihre eigene, zwei für die des Büros.",
    "set_speed": "Eine eigene Kurzwahl speichern.",
    "redial": "Nach einem Besetztzeichen: Beide Telefone klingeln, sobald frei ist.",
    "redial_no_more": "Nicht mehr auf eine besetzte Nummer warten.",
    "page": "Durchsage an alle Telefone, oder an die Gruppe, deren Nummer Sie danach wählen.",
    "conference": "An einer Konferenz teilnehmen: Danach deren Nummer wählen.",
    "account": "Für eine Kostenstelle anrufen: Deren Code danach wählen, dann die Nummer.",
    "park": "Einen Anruf parken: Die Rückfragetaste drücken, dann dies wählen. Sie hören den Platz.",
    "take_parked": "Einen geparkten Anruf holen: Seinen Platz danach wählen.",
    "fax": "Ein Faxgerät ist am Apparat: Die Rückfragetaste drücken, dann dies wählen. Das Fax wird empfangen.",
    "pick_up": "Den Anruf an einem Telefon in der Nähe annehmen.",
    "pick_up_from": "Den Anruf an einem anderen Telefon annehmen: Die Durchwahl danach wählen.",
    "do_not_disturb": "Anrufschutz ein.",
    "disturb": "Anrufschutz aus.",
    "forward": "Ihre Anrufe weiterleiten.",
    "forward_no_more": "Ihre Anrufe nicht mehr weiterleiten.",
    "come": "Sie sind anwesend.",
    "leave": "Sie sind abwesend.",
    "departments": "Sich in einer Abteilung anmelden oder abmelden.",
    "block_last": "Den letzten Anrufer sperren.",
    "wake_up": "Einen Weckruf stellen oder beenden.",
    "log_in": "Dieses Telefon zu Ihrem machen, mit Durchwahl und PIN.",
    "log_out": "Das Telefon wieder abgeben.",
    "lock": "Das Telefon sperren.",
    "unlock": "Das Telefon mit Ihrer PIN entsperren.",
    "lost_callers": "Hören, wer angerufen und niemanden erreicht hat, und mit einer Taste zurückrufen.",
    "night_mode": "Das Büro schließen oder öffnen, oder nach den Öffnungszeiten gehen lassen.",
    "record_prompts": "Aufnehmen, was Anrufer hören.",
    "announcement": "Die Durchsage aufnehmen, die alle Anrufer zuerst hören, sie ein- und ausschalten.",
    "emergency_test": "Ausprobieren, was ein Notruf bewirkt: Es klingelt nur bei der Person, die es erfahren soll.",
    "listen_in": "Für die Zentrale: Bei einem Notruf mithören.",
    "spoken_code": "Den Code hören, nach dem die Weboberfläche fragt.",
    "address": "Die Adresse des Geräts im Netzwerk hören.",
    "version": "Die Version des Programms hören.",
}
