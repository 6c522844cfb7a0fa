"""What is written in Swedish: the subject and the text of each letter, by its kind.

A blank that a letter has no fact for stays empty, and a line of which nothing but empty blanks would be left is left
out. Words of the fields `when` and `sound` are entries of their own.
"""

from __future__ import annotations

from typing import Final

LETTERS: Final[dict[str, str]] = {
    "message-subject": "Nytt meddelande från {caller}",
    "message-text": (
        "{name}, du har ett nytt meddelande.\n\nFrån: {caller}\nMottaget: {when}\nLängd: {length}\nRöstbrevlåda: "
        "{mailbox}\n\n{words}\n{mark}\n{sound}\n\n"
        "En maskin har skrivit ned det och kan ha hört fel. Den är {sure} procent säker:\n{text}"
    ),
    "written-subject": "Meddelande till dig från {caller}",
    "written-text": (
        "{name}, kontoret har tagit emot ett meddelande till dig.\n\n"
        "Från: {caller}\nMottaget: {when}\nRöstbrevlåda: {mailbox}\n\n{mark}\n\n{words}"
    ),
    "new-fax-subject": "Nytt fax från {caller}",
    "new-fax-text": (
        "Ett nytt fax har kommit.\n\n"
        "Från: {caller}\nFaxmaskin: {identity}\nMottaget: {when}\nSidor: {pages}\nTill: {mailbox}"
        "\n\n{incomplete}\n{sound}"
    ),
    "fax-incomplete": "Det bröts: sidor kan saknas.",
    "fax-attached": "Faxet är bifogat.",
    "fax-too-large": "Faxet är för stort för att bifogas. Det finns på telefonsystemets sida.",
    "fax-not-attached": "Det finns på telefonsystemets sida.",
    "urgent": "Det är märkt som brådskande.",
    "private": "Det är märkt som privat. Ring din röstbrevlåda för att lyssna på det.",
    "attached": "Meddelandet är bifogat.",
    "too-large": "Meddelandet är för långt för att bifogas. Ring din röstbrevlåda för att lyssna på det.",
    "not-attached": "Ring din röstbrevlåda för att lyssna på det.",
    "unknown-caller": "okänt nummer",
    "private-caller": "skyddat nummer",
    "lost-caller-subject": "Nådde ingen: samtal från {caller}",
    "lost-caller-text": (
        "{name}, någon ringde och lade på utan att ha talat med någon.\n\nFrån: {caller}\nRingde: {when}\nHur långt: "
        "{got_to}\n\n{asks}"
    ),
    "asks": "Den som ringde vill bli uppringd.",
    "emergency-subject": "Nödsamtal från {telephone}",
    "emergency-text": "Ett nödsamtal pågår.\n\nNummer: {number}\nTelefon: {telephone}\nPlats: {place}\nNär: {when}",
    "first-abroad-subject": "Första samtalet utomlands på natten",
    "first-abroad-text": (
        "För första gången har ett samtal utomlands ringts på natten. Lås telefonen om ingen på kontoret känner till "
        "det.\n\nNummer: {number}\nTelefon: {telephone}\nAv: {who}\nNär: {when}"
    ),
    "limit-reached-subject": "En gräns för samtal ut har nåtts",
    "limit-reached-text": (
        "Tills vidare rings inga fler samtal ut. Nödsamtal går alltid fram.\n\nGräns: {limit}\nTelefon: "
        "{telephone}\nAv: {who}\nNär: {when}"
    ),
    "fault-subject": "Copperdesk: något är fel",
    "fault-text": "Telefonväxeln hos {office} rapporterar ett fel.\n\nFel: {fault}\nNär: {when}",
    "password-reset-subject": "Ett lösenord har bytts ut",
    "password-reset-text": (
        "Ett nytt lösenord har satts för sidan till telefonväxeln hos {office}, med en kod från en av "
        "telefonerna och etiketten på enheten. Om ingen på kontoret har gjort det, säg genast till "
        "den som sköter växeln.\n"
        "\n"
        "Konto: {account}\n"
        "När: {when}"
    ),
    "test-subject": "Copperdesk: ett test",
    "test-text": "Om du kan läsa det här kommer e-post från telefonväxeln hos {office} fram.",
    "fax-sent-subject": "Ditt fax till {number} är levererat",
    "fax-sent-text": (
        "Faxet är levererat: den andra apparaten har bekräftat varje sida.\n\n"
        "Till: {to}\nNummer: {number}\nVad: {what}\nSidor: {pages}\nNär: {when}\nOrsak: {reason}\n\n{proof}"
    ),
    "fax-not-sent-subject": "Ditt fax till {number} är inte levererat",
    "fax-not-sent-text": (
        "Faxet försöks inte mer.\n\n"
        "Till: {to}\nNummer: {number}\nVad: {what}\nSidor: {pages}\nNär: {when}\nOrsak: {reason}\n\n{proof}"
    ),
    "fax-proof-attached": "Kvittot är bifogat.",
    "fax-cover": (
        "Fax\n{office}\n\n"
        "Till: {to}\nFaxnummer: {number}\nFrån: {from}\nDatum: {date}\nSidor, med denna: {pages}\n\n{note}"
    ),
    "fax-page": "sida {n} av {m}",
    "fax-delivered": "Faxet är levererat",
    "fax-unsure": "Fax: alla sidor bekräftade, slutet inte",
    "fax-not-delivered": "Faxet är inte levererat",
    "fax-number": "Nummer",
    "fax-to": "Till",
    "fax-answered-as": "Den andra apparaten",
    "fax-from": "Från",
    "fax-what": "Vad",
    "fax-pages": "Bekräftade sidor",
    "fax-queued": "Inlämnat",
    "fax-began": "Senaste samtalet började",
    "fax-ended": "Slut",
    "fax-tries": "Samtal",
    "fax-speed": "Hastighet",
    "fax-id": "Märke",
}
