"""What is said in German to who leaves a message, and to who records what such callers hear."""

from __future__ import annotations

from typing import Final

from appliance.prompts.language import CatalogueEntry

LEAVING: Final[dict[str, CatalogueEntry]] = {
    # In a greeting
    "closed-mailbox": "Das Büro ist zurzeit geschlossen. Sie haben die Mailbox von {name} erreicht.",
    "for-person-press-zero": "Für {name} drücken Sie die 0.",
    "for-call-back-press-nine": "Um zurückgerufen zu werden, drücken Sie die 9.",
    "dial-another-extension": "Um jemand anderen zu erreichen, wählen Sie jetzt die Durchwahl.",
    # To be called back
    "call-back-at": (
        "Wir können Sie unter {number} zurückrufen. Wenn das richtig ist, drücken Sie die 1. Um eine andere Nummer "
        "anzugeben, drücken Sie die 2."
    ),
    "call-back-booked": "Vielen Dank. Wir rufen Sie zurück.",
    "call-back-without-number": (
        "Leider haben wir keine Nummer bekommen. Bitte hinterlassen Sie stattdessen eine Nachricht."
    ),
    "call-back-not-noted": "Das konnte leider nicht notiert werden. Bitte hinterlassen Sie stattdessen eine Nachricht.",
    # After a message
    "review-menu": (
        "Um Ihre Nachricht zu speichern, drücken Sie die 1. Um sie anzuhören, drücken Sie die 2. Um sie neu "
        "aufzunehmen, drücken Sie die 3. Um etwas anzufügen, drücken Sie die 4. Um sie als dringend zu kennzeichnen, "
        "drücken Sie die 5. Um sie als vertraulich zu kennzeichnen, drücken Sie die 6. Um sie zu verwerfen, drücken "
        "Sie die Sterntaste."
    ),
    "go-on-after-tone": "Bitte sprechen Sie nach dem Ton weiter.",
    "marked-urgent": "Ihre Nachricht ist als dringend gekennzeichnet.",
    "marked-urgent-no-more": "Ihre Nachricht ist nicht mehr als dringend gekennzeichnet.",
    "marked-private": "Ihre Nachricht ist als vertraulich gekennzeichnet.",
    "marked-private-no-more": "Ihre Nachricht ist nicht mehr als vertraulich gekennzeichnet.",
    "message-cancelled": "Ihre Nachricht wurde verworfen. Es wurde nichts gespeichert.",
    "message-as-long-as-it-may-be": "Ihre Nachricht hat jetzt die größte Länge. Sie wurde gespeichert.",
    # The greetings of a mailbox
    "greetings-menu": (
        "Für Ihre normale Ansage drücken Sie die 1. Für die Ansage für den Anrufschutz drücken Sie die 2. Für die "
        "Ansage, während Sie telefonieren, drücken Sie die 3. Für die Ansage bei geschlossenem Büro drücken Sie die 4. "
        "Für eine vorübergehende Ansage drücken Sie die 5. Für Ihren Namen drücken Sie die 6. Um zurückzugehen, "
        "drücken Sie die Sterntaste."
    ),
    "department-greetings-menu": (
        "Für die normale Ansage drücken Sie die 1. Für die Ansage bei geschlossenem Büro drücken Sie die 4. Für eine "
        "vorübergehende Ansage drücken Sie die 5. Um zurückzugehen, drücken Sie die Sterntaste."
    ),
    "busy-greeting-menu": (
        "Um die Ansage zu hören, die kommt, während Sie telefonieren, drücken Sie die 1. Um sie aufzunehmen, drücken "
        "Sie die 2. Um sie zu entfernen, drücken Sie die 3. Um zurückzugehen, drücken Sie die Sterntaste."
    ),
    "no-busy-greeting": "Sie haben keine Ansage aufgenommen, die kommt, während Sie telefonieren.",
    "record-busy-greeting-after-tone": (
        "Sprechen Sie nach dem Ton die Ansage, die kommt, während Sie telefonieren. Wenn Sie fertig sind, drücken Sie "
        "die Rautetaste."
    ),
    "closed-greeting-menu": (
        "Um die Ansage bei geschlossenem Büro zu hören, drücken Sie die 1. Um sie aufzunehmen, drücken Sie die 2. Um "
        "sie zu entfernen, drücken Sie die 3. Um zurückzugehen, drücken Sie die Sterntaste."
    ),
    "no-closed-greeting": "Sie haben keine Ansage für das geschlossene Büro aufgenommen.",
    "record-closed-greeting-after-tone": (
        "Sprechen Sie die Ansage für das geschlossene Büro nach dem Ton. Wenn Sie fertig sind, drücken Sie die "
        "Rautetaste."
    ),
    "temporary-greeting-menu": (
        "Um Ihre vorübergehende Ansage zu hören, drücken Sie die 1. Um sie aufzunehmen, drücken Sie die 2. Um sie zu "
        "beenden, drücken Sie die 3. Um zurückzugehen, drücken Sie die Sterntaste."
    ),
    "no-temporary-greeting": "Zurzeit gibt es keine vorübergehende Ansage.",
    "record-temporary-greeting-after-tone": (
        "Sprechen Sie Ihre vorübergehende Ansage nach dem Ton. Wenn Sie fertig sind, drücken Sie die Rautetaste."
    ),
    "temporary-greeting-days": (
        "An wie vielen Tagen sollen Anrufer sie hören, heute mitgezählt? Geben Sie die Zahl ein, und drücken Sie dann "
        "die Rautetaste."
    ),
    "temporary-greeting-until": "Ihre vorübergehende Ansage endet {when}.",
    "temporary-greeting-over": "Ihre vorübergehende Ansage ist beendet. Anrufer hören wieder Ihre anderen Ansagen.",
}
