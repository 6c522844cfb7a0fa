"""What is said in Polish to who dials outside: classes of service, accounts, limits, log-in, lock."""

from __future__ import annotations

from typing import Final

from appliance.prompts.language import CatalogueEntry

DIALLING: Final[dict[str, CatalogueEntry]] = {
    # Classes of service
    "may-not-call-outside": "Przepraszamy, z tego telefonu nie można dzwonić poza biuro.",
    "may-not-call-national": "Przepraszamy, z tego telefonu nie można prowadzić rozmów międzymiastowych.",
    "may-not-call-mobile": "Przepraszamy, z tego telefonu nie można dzwonić na komórki.",
    "may-not-call-abroad": "Przepraszamy, z tego telefonu nie można dzwonić za granicę.",
    "may-not-call-premium": "Przepraszamy, z tego telefonu nie można dzwonić na numery o podwyższonej opłacie.",
    "may-not-be-called-from-outside": "Przepraszamy, na ten numer nie można dzwonić spoza biura.",
    # Limits
    "limit-of-the-hour": (
        "Przepraszamy, limit połączeń na zewnątrz w tej godzinie jest wyczerpany. Prosimy spróbować później."
    ),
    "limit-of-the-day": (
        "Przepraszamy, dzisiejszy limit połączeń na zewnątrz jest wyczerpany. W razie potrzeby pomoże centrala."
    ),
    "limit-at-once": "Przepraszamy, masz za dużo rozmów na zewnątrz naraz. Zakończ najpierw jedną z nich.",
    "limit-from-outside": "Przepraszamy, na ten numer nie można teraz dzwonić. Prosimy spróbować później.",
    # The first call abroad while the office is closed, as the operator hears it
    "abroad-from-extension": "Biuro jest zamknięte, a numer wewnętrzny {extension} dzwoni za granicę. Numer: {number}.",
    "abroad-from-nobody": "Biuro jest zamknięte, a jeden z telefonów dzwoni za granicę. Numer: {number}.",
    "abroad-from-outside": "Biuro jest zamknięte, a połączenie przekierowano za granicę. Numer: {number}.",
    # Accounts
    "enter-account": "Podaj kod konta, a potem naciśnij krzyżyk.",
    "no-such-account": "Przepraszamy, nie ma takiego konta.",
    # Logging in at another telephone
    "logged-in-until": "Ten telefon jest teraz twój. Logowanie skończy się {when}.",
    "logged-out": "Wylogowano. Dziękujemy.",
    "nobody-logged-in": "Nikt nie jest zalogowany przy tym telefonie.",
    # The lock
    "telephone-locked": "Ten telefon jest zablokowany. Można z niego dzwonić w biurze i na numery alarmowe.",
    "telephone-unlocked": "Ten telefon jest odblokowany.",
    "nobody-could-unlock": (
        "Przepraszamy, tego telefonu nie można zablokować. Nikt nie ma kodu PIN, żeby go odblokować."
    ),
    "not-yours-to-unlock": "Przepraszamy, ten telefon może odblokować tylko jego właściciel albo kierownictwo.",
}
