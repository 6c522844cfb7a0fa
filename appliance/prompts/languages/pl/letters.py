"""What is written in Polish: the subject and the text of each letter, by its kind.

A blank that a letter has no fact for stays empty, and a line of which nothing but empty blanks would be left is left
out. Words of the fields `when` and `sound` are entries of their own.
"""

from __future__ import annotations

from typing import Final

LETTERS: Final[dict[str, str]] = {
    "message-subject": "Nowa wiadomość: {caller}",
    "message-text": (
        "{name}, masz nową wiadomość.\n\nOd: {caller}\nOdebrana: {when}\nCzas trwania: {length}\nSkrzynka: "
        "{mailbox}\n\n{words}\n{mark}\n{sound}\n\n"
        "Spisała ją maszyna, która mogła coś źle usłyszeć. Jej pewność wynosi {sure} procent:\n{text}"
    ),
    "written-subject": "Wiadomość dla ciebie od: {caller}",
    "written-text": (
        "{name}, biuro przyjęło dla ciebie wiadomość.\n\n"
        "Od: {caller}\nOdebrana: {when}\nSkrzynka: {mailbox}\n\n{mark}\n\n{words}"
    ),
    "new-fax-subject": "Nowy faks: {caller}",
    "new-fax-text": (
        "Przyszedł nowy faks.\n\n"
        "Od: {caller}\nUrządzenie: {identity}\nOdebrany: {when}\nStrony: {pages}\nDla: {mailbox}"
        "\n\n{incomplete}\n{sound}"
    ),
    "fax-incomplete": "Został przerwany: może brakować stron.",
    "fax-attached": "Faks jest w załączniku.",
    "fax-too-large": "Faks jest za duży na załącznik. Znajdziesz go na stronie centrali.",
    "fax-not-attached": "Znajdziesz go na stronie centrali.",
    "urgent": "Jest oznaczona jako pilna.",
    "private": "Jest oznaczona jako poufna. Aby jej wysłuchać, zadzwoń do swojej skrzynki.",
    "attached": "Wiadomość jest w załączniku.",
    "too-large": "Wiadomość jest za długa na załącznik. Aby jej wysłuchać, zadzwoń do swojej skrzynki.",
    "not-attached": "Aby jej wysłuchać, zadzwoń do swojej skrzynki.",
    "unknown-caller": "nieznany numer",
    "private-caller": "numer zastrzeżony",
    "lost-caller-subject": "Nikogo nie zastano: {caller}",
    "lost-caller-text": (
        "{name}, ktoś zadzwonił i odłożył słuchawkę, nie rozmawiając z nikim.\n\nOd: {caller}\nKiedy: {when}\nJak "
        "daleko: {got_to}\n\n{asks}"
    ),
    "asks": "Jest prośba o oddzwonienie.",
    "emergency-subject": "Telefon alarmowy: {telephone}",
    "emergency-text": (
        "Trwa połączenie z numerem alarmowym.\n\nNumer: {number}\nTelefon: {telephone}\nMiejsce: {place}\nKiedy: {when}"
    ),
    "first-abroad-subject": "Pierwsze nocne połączenie za granicę",
    "first-abroad-text": (
        "Po raz pierwszy zadzwoniono w nocy za granicę. Jeśli nikt w biurze o tym nie wie, zablokuj telefon.\n\nNumer: "
        "{number}\nTelefon: {telephone}\nKto: {who}\nKiedy: {when}"
    ),
    "limit-reached-subject": "Osiągnięto limit połączeń na zewnątrz",
    "limit-reached-text": (
        "Na razie nie ma więcej połączeń na zewnątrz. Połączenia alarmowe są zawsze możliwe.\n\nLimit: "
        "{limit}\nTelefon: {telephone}\nKto: {who}\nKiedy: {when}"
    ),
    "fault-subject": "Copperdesk: coś jest nie tak",
    "fault-text": "Centrala telefoniczna ({office}) zgłasza usterkę.\n\nUsterka: {fault}\nKiedy: {when}",
    "password-reset-subject": "Ustawiono nowe hasło",
    "password-reset-text": (
        "Ustawiono nowe hasło do strony centrali telefonicznej ({office}), za pomocą kodu z jednego z "
        "telefonów i etykiety urządzenia. Jeśli nie zrobił tego nikt z biura, od razu powiadom osobę, "
        "która zajmuje się centralą.\n"
        "\n"
        "Konto: {account}\n"
        "Kiedy: {when}"
    ),
    "test-subject": "Copperdesk: próba",
    "test-text": "Jeśli możesz to przeczytać, poczta centrali telefonicznej ({office}) dociera.",
    "fax-sent-subject": "Faks na numer {number} został doręczony",
    "fax-sent-text": (
        "Faks został doręczony: drugie urządzenie potwierdziło każdą stronę.\n\n"
        "Do: {to}\nNumer: {number}\nCo: {what}\nStrony: {pages}\nKiedy: {when}\nPowód: {reason}\n\n{proof}"
    ),
    "fax-not-sent-subject": "Faks na numer {number} nie został doręczony",
    "fax-not-sent-text": (
        "Zaniechano wysyłania faksu.\n\n"
        "Do: {to}\nNumer: {number}\nCo: {what}\nStrony: {pages}\nKiedy: {when}\nPowód: {reason}\n\n{proof}"
    ),
    "fax-proof-attached": "Potwierdzenie jest w załączniku.",
    "fax-cover": (
        "Faks\n{office}\n\n"
        "Do: {to}\nNumer faksu: {number}\nOd: {from}\nData: {date}\nStron, razem z tą: {pages}\n\n{note}"
    ),
    "fax-page": "strona {n} z {m}",
    "fax-delivered": "Faks doręczony",
    "fax-unsure": "Faks: wszystkie strony potwierdzone, koniec nie",
    "fax-not-delivered": "Faks niedoręczony",
    "fax-number": "Numer",
    "fax-to": "Do",
    "fax-answered-as": "Drugie urządzenie",
    "fax-from": "Od",
    "fax-what": "Co",
    "fax-pages": "Potwierdzone strony",
    "fax-queued": "Nadany",
    "fax-began": "Początek ostatniego połączenia",
    "fax-ended": "Koniec",
    "fax-tries": "Połączenia",
    "fax-speed": "Szybkość",
    "fax-id": "Oznaczenie",
}
