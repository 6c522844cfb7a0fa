"""What is said in Polish by the codes that a telephone dials: numbers, pages, wake-up calls, conferences, help."""

from __future__ import annotations

from typing import Final

from appliance.prompts.language import CatalogueEntry

FEATURES: Final[dict[str, CatalogueEntry]] = {
    # The number dialled last, and who called
    "nothing-dialled": "Z tego telefonu nie wybrano jeszcze żadnego numeru na zewnątrz.",
    "nobody-called": "Nikt tu jeszcze nie dzwonił.",
    "last-caller-name": "Ostatnie połączenie: {name}.",
    "last-caller-private": "Ostatnie połączenie było z numeru zastrzeżonego.",
    "last-caller-unknown": "Numer ostatniego połączenia nie jest znany.",
    "called-at": "Połączenie przyszło {when}.",
    "call-last-back-menu": "Aby oddzwonić, naciśnij 1.",
    "cannot-call-back": "Przepraszamy, na to połączenie nie można oddzwonić.",
    # Speed numbers
    "no-speed-number": "Nie zapisano tam żadnego numeru.",
    "enter-speed-key": "Naciśnij cyfrę, którą ma mieć numer skrócony.",
    "enter-speed-number": (
        "Wybierz numer tak jak w biurze, a potem naciśnij krzyżyk. Aby usunąć zapisany numer, naciśnij tylko krzyżyk."
    ),
    "speed-stored": "Twój numer skrócony {key} to teraz {number}.",
    "speed-removed": "Twój numer skrócony {key} został usunięty.",
    "speed-refused": "Przepraszamy, tego numeru nie można zapisać.",
    # A busy number or colleague is called again
    "redial-number": "Twój telefon zadzwoni, gdy tylko zwolni się numer {number}. Możesz teraz odłożyć słuchawkę.",
    "redial-name": "{name} rozmawia. Twój telefon zadzwoni po zakończeniu tej rozmowy. Możesz teraz odłożyć słuchawkę.",
    "redial-impossible": "Przepraszamy, nie ma numeru, który można by wybrać ponownie.",
    "redial-ended": "Numer nie jest już wybierany. Twój telefon nie zadzwoni w tej sprawie.",
    "redial-none": "Nie wybieraliśmy dla ciebie żadnego numeru.",
    "busy-again": "{name} znów rozmawia. Próbujemy dalej.",
    "redial-gone": "Przepraszamy, druga strona właśnie odłożyła słuchawkę.",
    # The same, to whoever answers outside before the telephone here is lifted
    "hold-for-call": "Dzień dobry. Prosimy chwilę zaczekać, ktoś chce rozmawiać.",
    "call-not-taken": "Przepraszamy, nikt nie może teraz rozmawiać. Do usłyszenia.",
    # Pages
    "no-such-group": "Przepraszamy, nie ma grupy o tym numerze.",
    "page-nobody": "Przepraszamy, nikt nie słucha.",
    # Wake-up calls
    "enter-wake-up-time": "Podaj godzinę budzenia, cztery cyfry. Pierwsze dwie to godzina, od 0 do 23.",
    "wake-up-set": "Twój telefon zadzwoni {when}.",
    "wake-up-menu": "Aby odwołać to budzenie, naciśnij 1. Aby ustawić inną godzinę, naciśnij 2.",
    "wake-up-ended": "Budzenie zostało odwołane.",
    "wake-up": "Dzień dobry. To jest zamówione budzenie, {when}.",
    # Conferences
    "enter-conference": "Naciśnij cyfrę konferencji.",
    "conference-first": "Nikogo tu jeszcze nie ma. Zaczekaj, aż ktoś dołączy.",
    "conference-alone": "Wszyscy inni już wyszli. Zaczekaj albo odłóż słuchawkę.",
    "conference-joined": "{name} jest tutaj.",
    "conference-full": "Przepraszamy, ta konferencja jest pełna.",
    # Whoever answers for the office listens to a call, to those who talk
    "somebody-listens": "Od teraz ktoś w biurze słucha tej rozmowy.",
    # Emergency calls, to people in the office
    "emergency-called": "Ktoś zadzwonił po pomoc, pod numer {number}. Telefon: {name}.",
    "emergency-place": "Miejsce: {place}.",
    "listen-menu": "Aby słuchać rozmowy, naciśnij 1.",
    "listening-in": "Teraz usłyszysz rozmowę. Ciebie nikt nie słyszy.",
    "emergency-over": "Ta rozmowa się skończyła.",
    "no-emergency-call": "Nie ma teraz żadnej rozmowy alarmowej.",
    "operators-only": "Przepraszamy, może to zrobić tylko centrala.",
    "emergency-test-only": "To tylko próba.",
    "emergency-test": "To jest próba telefonu alarmowego. Nikt na zewnątrz nie jest wzywany. Proszę chwilę zaczekać.",
    "emergency-test-told": "{name} już o tym wie.",
    "emergency-test-nobody": "Nikt nie odebrał. Sprawdź, kto ma wiedzieć o telefonach alarmowych.",
    # Setting the unit up at its local page
    "spoken-code": "Kod do strony lokalnej to {number}.",
    "no-spoken-code": "W tej chwili kod nie jest potrzebny.",
    "unit-address": "Adres tego urządzenia to {first} kropka {second} kropka {third} kropka {fourth}.",
    "unit-name": "Nazwa urządzenia: {name}.",
    "no-unit-address": "To urządzenie nie ma adresu w sieci. Proszę sprawdzić kabel.",
    "unit-mistakes": "Plik na karcie pamięci zawiera błędy i nie jest używany. Są zapisane w pliku obok.",
    "unit-version": "To urządzenie używa wersji {version}.",
    "update-gone": "Aktualizacja do wersji {version} nie została zachowana.",
    "update-no-start": "Nowa wersja się nie uruchomiła.",
    "update-no-call": "Nowa wersja nie odebrała żadnego połączenia.",
    "update-no-office": "Nowa wersja nie mogła odczytać ustawień biura.",
    "update-interrupted": "Urządzenie uruchomiono ponownie podczas próby.",
    "update-asked": "Ktoś przywrócił poprzednią wersję.",
    "line-found": "Dzień dobry. Ta linia prowadzi do nowej centrali telefonicznej. Do widzenia.",
    "telephone-found": "Dziękuję. Ten telefon jest znaleziony, można odłożyć słuchawkę.",
}
