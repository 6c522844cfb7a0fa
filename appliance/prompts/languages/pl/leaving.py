"""What is said in Polish to who leaves a message, and to who records what such callers hear."""

from __future__ import annotations

from typing import Final

from appliance.prompts.language import CatalogueEntry

LEAVING: Final[dict[str, CatalogueEntry]] = {
    # In a greeting
    "closed-mailbox": "Biuro jest teraz nieczynne. Tu skrzynka głosowa. Abonent: {name}.",
    "for-person-press-zero": "Aby połączyć się dalej, proszę nacisnąć 0. Odbierze {name}.",
    "for-call-back-press-nine": "Aby poprosić o oddzwonienie, proszę nacisnąć 9.",
    "dial-another-extension": "Aby połączyć się z kimś innym, proszę teraz wybrać numer wewnętrzny.",
    # To be called back
    "call-back-at": (
        "Możemy oddzwonić na numer {number}. Jeśli jest prawidłowy, proszę nacisnąć 1. Aby podać inny numer, proszę "
        "nacisnąć 2."
    ),
    "call-back-booked": "Dziękujemy. Oddzwonimy.",
    "call-back-without-number": "Przepraszamy, nie otrzymaliśmy numeru. Prosimy zostawić wiadomość.",
    "call-back-not-noted": "Przepraszamy, nie udało się tego zapisać. Prosimy zostawić wiadomość.",
    # After a message
    "review-menu": (
        "Aby zachować wiadomość, proszę nacisnąć 1. Aby jej wysłuchać, proszę nacisnąć 2. Aby nagrać ją od nowa, "
        "proszę nacisnąć 3. Aby coś dodać, proszę nacisnąć 4. Aby oznaczyć ją jako pilną, proszę nacisnąć 5. Aby "
        "oznaczyć ją jako poufną, proszę nacisnąć 6. Aby z niej zrezygnować, proszę nacisnąć gwiazdkę."
    ),
    "go-on-after-tone": "Proszę mówić dalej po sygnale.",
    "marked-urgent": "Wiadomość jest oznaczona jako pilna.",
    "marked-urgent-no-more": "Wiadomość nie jest już oznaczona jako pilna.",
    "marked-private": "Wiadomość jest oznaczona jako poufna.",
    "marked-private-no-more": "Wiadomość nie jest już oznaczona jako poufna.",
    "message-cancelled": "Wiadomość została usunięta. Nic nie zachowano.",
    "message-as-long-as-it-may-be": "Wiadomość nie może być dłuższa. Została zachowana.",
    # The greetings of a mailbox
    "greetings-menu": (
        "Aby wybrać zwykłe powitanie, naciśnij 1. Aby wybrać powitanie dla trybu nie przeszkadzać, naciśnij 2. Aby "
        "wybrać powitanie w trakcie rozmowy, naciśnij 3. Aby wybrać powitanie dla nieczynnego biura, naciśnij 4. Aby "
        "wybrać powitanie tymczasowe, naciśnij 5. Aby wybrać imię i nazwisko, naciśnij 6. Aby wrócić, naciśnij "
        "gwiazdkę."
    ),
    "department-greetings-menu": (
        "Aby wybrać zwykłe powitanie, naciśnij 1. Aby wybrać powitanie dla nieczynnego biura, naciśnij 4. Aby wybrać "
        "powitanie tymczasowe, naciśnij 5. Aby wrócić, naciśnij gwiazdkę."
    ),
    "busy-greeting-menu": (
        "Aby wysłuchać powitania w trakcie rozmowy, naciśnij 1. Aby je nagrać, naciśnij 2. Aby je usunąć, naciśnij 3. "
        "Aby wrócić, naciśnij gwiazdkę."
    ),
    "no-busy-greeting": "Nie nagrano jeszcze powitania w trakcie rozmowy.",
    "record-busy-greeting-after-tone": "Nagraj powitanie w trakcie rozmowy po sygnale. Na koniec naciśnij krzyżyk.",
    "closed-greeting-menu": (
        "Aby wysłuchać powitania dla nieczynnego biura, naciśnij 1. Aby je nagrać, naciśnij 2. Aby je usunąć, naciśnij "
        "3. Aby wrócić, naciśnij gwiazdkę."
    ),
    "no-closed-greeting": "Nie nagrano jeszcze powitania dla nieczynnego biura.",
    "record-closed-greeting-after-tone": (
        "Nagraj powitanie dla nieczynnego biura po sygnale. Na koniec naciśnij krzyżyk."
    ),
    "temporary-greeting-menu": (
        "Aby wysłuchać powitania tymczasowego, naciśnij 1. Aby je nagrać, naciśnij 2. Aby je zakończyć, naciśnij 3. "
        "Aby wrócić, naciśnij gwiazdkę."
    ),
    "no-temporary-greeting": "Nie ma teraz powitania tymczasowego.",
    "record-temporary-greeting-after-tone": "Nagraj powitanie tymczasowe po sygnale. Na koniec naciśnij krzyżyk.",
    "temporary-greeting-days": (
        "Przez ile dni dzwoniący mają je słyszeć, licząc dzisiejszy? Podaj liczbę, a potem naciśnij krzyżyk."
    ),
    "temporary-greeting-until": "Powitanie tymczasowe skończy się {when}.",
    "temporary-greeting-over": "Powitanie tymczasowe się skończyło. Dzwoniący znów słyszą pozostałe powitania.",
}
