"""What stands in Polish on the printed card of what is dialled. A code's sentence has the name of its field."""

from __future__ import annotations

from typing import Final

CARD: Final[dict[str, str]] = {
    "title": "Telefonowanie: {office}",
    "first": "Na początek",
    "calling": "Dzwonienie",
    "taking": "Odbieranie",
    "being-called": "Gdy ktoś dzwoni do ciebie",
    "messages": "Wiadomości",
    "managers": "Dla kierownictwa",
    "departments": "Działy",
    "people": "Osoby",
    "emergency": "Telefon alarmowy, z każdego aparatu, także zablokowanego. {outside} na początku nie przeszkadza.",
    "outside-line": "Linia zewnętrzna: potem wybierz numer.",
    "operator": "Centrala.",
    "hear-messages": "Odsłuchaj wiadomości. Tak samo działa własny numer wewnętrzny.",
    "without-star": "Telefony z tarczą nie mają gwiazdki. Zamiast niej wybierz {instead}: {dialled} zamiast {code}.",
}

CODES: Final[dict[str, str]] = {
    "without_waiting": "Zadzwoń bez sygnału drugiej rozmowy: potem wybierz numer.",
    "last_number": "Wybierz ponownie ostatni numer.",
    "call_return": "Dowiedz się, kto i kiedy ostatnio dzwonił, i oddzwoń jednym klawiszem.",
    "who_called": "Dowiedz się, kto i kiedy ostatnio dzwonił.",
    "speed": "Numer skrócony: potem jedna cyfra dla własnych, dwie dla biurowych.",
    "set_speed": "Zapisz własny numer skrócony.",
    "redial": "Gdy numer jest zajęty: oba telefony zadzwonią, kiedy się zwolni.",
    "redial_no_more": "Nie czekaj już na zajęty numer.",
    "page": "Mów przez wszystkie telefony albo przez telefony grupy, której numer potem wybierzesz.",
    "conference": "Dołącz do konferencji: potem wybierz jej numer.",
    "account": "Zadzwoń na koszt konta: potem wybierz jego kod, a następnie numer.",
    "park": "Zaparkuj rozmowę: naciśnij klawisz R, potem wybierz ten kod. Usłyszysz miejsce.",
    "take_parked": "Odbierz zaparkowaną rozmowę: potem wybierz jej miejsce.",
    "pick_up": "Odbierz telefon, który dzwoni w pobliżu.",
    "pick_up_from": "Odbierz czyjś telefon: potem wybierz numer wewnętrzny.",
    "do_not_disturb": "Włącz tryb nie przeszkadzać.",
    "disturb": "Wyłącz tryb nie przeszkadzać.",
    "forward": "Przekieruj swoje połączenia.",
    "forward_no_more": "Zakończ przekierowanie.",
    "come": "Jesteś w biurze.",
    "leave": "Jesteś poza biurem.",
    "departments": "Zaloguj się w dziale lub wyloguj z niego.",
    "block_last": "Zablokuj ostatniego dzwoniącego.",
    "wake_up": "Ustaw budzenie lub je odwołaj.",
    "log_in": "Zrób z tego telefonu swój: numer wewnętrzny i PIN.",
    "log_out": "Oddaj telefon.",
    "lock": "Zablokuj telefon.",
    "unlock": "Odblokuj telefon kodem PIN.",
    "lost_callers": "Dowiedz się, kto dzwonił i nikogo nie zastał, i oddzwoń jednym klawiszem.",
    "night_mode": "Zamknij lub otwórz biuro albo wróć do godzin pracy.",
    "record_prompts": "Nagraj to, co słyszą dzwoniący.",
    "announcement": "Nagraj komunikat, który wszyscy słyszą najpierw, włącz go lub wyłącz.",
    "emergency_test": "Wypróbuj telefon alarmowy: dzwoni tylko u osoby, która ma się dowiedzieć.",
    "listen_in": "Dla centrali: słuchaj rozmowy alarmowej.",
}
