"""What is said in Polish to who hears messages."""

from __future__ import annotations

from typing import Final

from appliance.prompts.language import CatalogueEntry, Plural

HEARING: Final[dict[str, CatalogueEntry]] = {
    # Coming into a mailbox
    "try-again-in": "Przepraszamy, zbyt wiele razy podano błędny kod. Do następnej próby: {count:seconds}.",
    "urgent-among-them": Plural(
        "count",
        one="Jedna wiadomość jest pilna.",
        few="{count:feminine} wiadomości są pilne.",
        many="{count:feminine} wiadomości jest pilnych.",
    ),
    "mailbox-nearly-full": Plural(
        "count",
        one="Twoja skrzynka jest prawie pełna. Zmieści się jeszcze jedna wiadomość.",
        few="Twoja skrzynka jest prawie pełna. Zmieszczą się jeszcze {count:feminine} wiadomości.",
        many="Twoja skrzynka jest prawie pełna. Zmieści się jeszcze {count:feminine} wiadomości.",
    ),
    "own-mailbox-full": "Twoja skrzynka jest pełna. Nikt nie może zostawić wiadomości, dopóki jakichś nie usuniesz.",
    "heard-are-deleted": Plural(
        "count",
        one="Odsłuchane wiadomości są usuwane po jednym dniu.",
        few="Odsłuchane wiadomości są usuwane, gdy miną {count} dni.",
        many="Odsłuchane wiadomości są usuwane, gdy minie {count} dni.",
    ),
    # The menu of a mailbox
    "mailbox-menu": (
        "Aby wysłuchać nowych wiadomości, naciśnij 1. Aby wysłuchać zachowanych wiadomości, naciśnij 2. Aby poznać "
        "wszystkie możliwości, naciśnij 0."
    ),
    "choice-greetings": "Aby zmienić powitania, naciśnij 3.",
    "choice-greetings-and-name": "Aby zmienić powitania lub nagranie swojego imienia i nazwiska, naciśnij 3.",
    "choice-do-not-disturb": "Aby włączyć lub wyłączyć tryb nie przeszkadzać, naciśnij 6.",
    "choice-forwarding": "Aby przekierować połączenia, naciśnij 7.",
    "choice-send": "Aby wysłać wiadomość do kogoś w biurze, naciśnij 8.",
    "choice-lost-callers": "Aby dowiedzieć się, kto dzwonił i nie zostawił wiadomości, naciśnij 9.",
    "choice-deleted": "Aby wysłuchać wiadomości usuniętych w tej rozmowie, naciśnij krzyżyk.",
    "nothing-deleted": "W tej rozmowie nie usunięto żadnej wiadomości.",
    # A message
    "urgent-message-number": "Pilna wiadomość numer {count},",
    "deleted-message-number": "Usunięta wiadomość numer {count},",
    "forwarded-by": "Przekazuje: {name}.",
    "message-is-private": "Ta wiadomość jest poufna.",
    "heard-by": "{name} zna już tę wiadomość. Wysłuchano jej {when}.",
    "heard-by-name": "{name} zna już tę wiadomość.",
    "message-ends": "Zostanie usunięta {when}.",
    "message-menu": (
        "Aby wysłuchać jej ponownie, naciśnij 1. Aby ją zachować, naciśnij 2. Aby ją usunąć, naciśnij 3. Aby poznać "
        "inne możliwości, naciśnij 0."
    ),
    "deleted-message-menu": (
        "Aby wysłuchać jej ponownie, naciśnij 1. Aby ją przywrócić, naciśnij 2. Aby przejść do następnej, naciśnij "
        "krzyżyk."
    ),
    "message-choices": (
        "Aby odpowiedzieć na tę wiadomość, naciśnij 1. Aby ją przekazać, naciśnij 2. Aby oznaczyć ją jako nową, "
        "naciśnij 3. Aby poznać klawisze podczas słuchania, naciśnij 4. Aby wrócić, naciśnij gwiazdkę."
    ),
    "listening-keys": (
        "Podczas słuchania naciśnij 4, aby cofnąć się o pięć sekund. Naciśnij 6, aby przejść o tyle dalej. Naciśnij 5, "
        "aby zrobić przerwę. Naciśnij 7, aby słuchać wolniej. Naciśnij 9, aby słuchać szybciej. Naciśnij 8, aby "
        "usłyszeć, od kogo jest i kiedy przyszła. Aby przejść do następnej wiadomości, naciśnij krzyżyk. Aby wrócić do "
        "poprzedniej, naciśnij 1 i jeszcze raz 1."
    ),
    "paused": "Przerwa. Aby słuchać dalej, naciśnij 5.",
    "marked-new": "Ta wiadomość jest znów nowa.",
    "brought-back": "Wiadomość została przywrócona.",
    "deleted-elsewhere": "Ktoś inny właśnie usunął tę wiadomość.",
    # Answering a message
    "answer-menu": (
        "Aby oddzwonić, naciśnij 1. Aby wysłać wiadomość, naciśnij 2. Odbiorca: {name}. Aby wrócić, naciśnij gwiazdkę."
    ),
    "call-back-menu": "Aby oddzwonić, naciśnij 1. Aby wrócić, naciśnij gwiazdkę.",
    "no-number-to-answer": "Ta wiadomość przyszła bez numeru, więc nie można na nią odpowiedzieć.",
    "may-not-call-back": "Przepraszamy, na ten numer nie można stąd dzwonić.",
    # Sending and forwarding a message
    "record-introduction": (
        "Po sygnale możesz nagrać wprowadzenie. Na koniec naciśnij krzyżyk. Aby przekazać wiadomość bez wprowadzenia, "
        "naciśnij tylko krzyżyk."
    ),
    "private-not-forwarded": "Ta wiadomość jest poufna, więc nie można jej przekazać.",
    "send-review-menu": (
        "Aby wysłać wiadomość, naciśnij 1. Aby jej wysłuchać, naciśnij 2. Aby nagrać ją od nowa, naciśnij 3. Aby z "
        "niej zrezygnować, naciśnij gwiazdkę."
    ),
    "enter-recipient": "Kto ma ją otrzymać? Podaj numer wewnętrzny. Aby zrezygnować, naciśnij gwiazdkę.",
    "everybody-gets-it": "Aby wysłać ją do wszystkich w biurze, naciśnij 0.",
    "recipient-added": "{name}. Podaj następny numer wewnętrzny. Aby wysłać, naciśnij krzyżyk.",
    "no-such-recipient": "Przepraszamy, nie ma skrzynki o tym numerze wewnętrznym.",
    "recipients-mailbox-full": "Ta skrzynka jest pełna i nic do niej nie wysłano. Odbiorca: {name}.",
    "message-sent": Plural(
        "count",
        one="Wiadomość została wysłana.",
        few="Wiadomość trafiła na {count:feminine} skrzynki.",
        many="Wiadomość trafiła na {count:feminine} skrzynek.",
    ),
    "message-not-sent": "Niczego nie wysłano.",
    "days-until-deleted": (
        "Po ilu dniach ma zostać usunięta, jeśli nikt jej do tego czasu nie wysłucha? Podaj liczbę, a potem naciśnij "
        "krzyżyk. Aby ją zachować, naciśnij tylko krzyżyk."
    ),
}
