"""What stands in Swedish on the printed card of what is dialled. A code's sentence has the name of its field."""

from __future__ import annotations

from typing import Final

CARD: Final[dict[str, str]] = {
    "title": "Ringa hos {office}",
    "first": "Att börja med",
    "calling": "Ringa",
    "taking": "Ta samtal",
    "being-called": "Bli uppringd",
    "messages": "Meddelanden",
    "managers": "För chefer",
    "departments": "Avdelningar",
    "people": "Personer",
    "emergency": "Nödsamtal, från alla telefoner, även låsta. En {outside} framför gör ingenting.",
    "outside-line": "Linje ut: slå sedan numret.",
    "operator": "Växeln.",
    "hear-messages": "Lyssna på dina meddelanden. Din egen anknytning gör detsamma.",
    "without-star": "Telefoner med fingerskiva har ingen stjärna. Slå {instead} i stället: {dialled} för {code}.",
}

CODES: Final[dict[str, str]] = {
    "without_waiting": "Ring utan att störas av samtal som väntar: slå sedan numret.",
    "last_number": "Slå det senaste numret igen.",
    "call_return": "Hör vem som ringde senast och när, och ring tillbaka med en knapp.",
    "who_called": "Hör vem som ringde senast och när.",
    "speed": "Kortnummer: sedan en siffra för dina egna, två för kontorets.",
    "set_speed": "Spara ett eget kortnummer.",
    "redial": "Efter ett upptaget nummer: båda telefonerna ringer när det blir ledigt.",
    "redial_no_more": "Sluta vänta på ett upptaget nummer.",
    "page": "Tala i alla telefoner, eller i den grupp vars nummer du slår sedan.",
    "conference": "Gå med i en konferens: slå sedan dess nummer.",
    "account": "Ring för ett konto: slå sedan dess kod, och därefter numret.",
    "park": "Parkera ett samtal: tryck R, och slå sedan koden. Du får höra platsen.",
    "take_parked": "Hämta ett parkerat samtal: slå sedan dess plats.",
    "pick_up": "Svara i en telefon som ringer i närheten.",
    "pick_up_from": "Svara i någons telefon: slå sedan anknytningen.",
    "do_not_disturb": "Stör ej på.",
    "disturb": "Stör ej av.",
    "forward": "Vidarekoppla dina samtal.",
    "forward_no_more": "Sluta vidarekoppla dina samtal.",
    "come": "Du är på kontoret.",
    "leave": "Du är inte på kontoret.",
    "departments": "Logga in på en avdelning, eller ut från den.",
    "block_last": "Spärra den som ringde senast.",
    "wake_up": "Ställ en väckning, eller ta bort den.",
    "log_in": "Gör telefonen till din, med anknytning och pinkod.",
    "log_out": "Lämna tillbaka telefonen.",
    "lock": "Lås telefonen.",
    "unlock": "Lås upp telefonen med din pinkod.",
    "lost_callers": "Hör vem som ringde utan att nå någon, och ring tillbaka med en knapp.",
    "night_mode": "Stäng eller öppna kontoret, eller låt öppettiderna styra.",
    "record_prompts": "Spela in det som de som ringer hör.",
    "announcement": "Spela in meddelandet som alla hör först, slå på det eller stäng av det.",
    "emergency_test": "Pröva vad ett nödsamtal gör: det ringer bara hos den som ska få veta.",
    "listen_in": "För växeln: lyssna på ett nödsamtal.",
}
