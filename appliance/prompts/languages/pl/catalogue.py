"""What the system says in Polish. Callers are addressed without a gender, the owner of a mailbox as operators do it.

A name is never declined, nor does a past tense or an adjective depend on it: it is the subject of a verb in the present
("{name} nie może teraz odebrać"), or follows a noun and a colon ("Abonent: {name}").
"""

from __future__ import annotations

from typing import Final

from appliance.prompts.language import CatalogueEntry, Plural
from appliance.prompts.languages.pl.dialling import DIALLING
from appliance.prompts.languages.pl.features import FEATURES
from appliance.prompts.languages.pl.hearing import HEARING
from appliance.prompts.languages.pl.leaving import LEAVING
from appliance.prompts.languages.pl.notices import NOTICES
from appliance.prompts.languages.pl.telephone import TELEPHONE

CATALOGUE: Final[dict[str, CatalogueEntry]] = {
    # The attendant
    "builtin-greeting": "Dziękujemy za telefon. Prosimy zaczekać, szukamy osoby, która odbierze.",
    "dial-extension-any-time": "Numer wewnętrzny można wybrać w dowolnej chwili.",
    "for-operator": "Aby połączyć się z centralą, proszę nacisnąć 0.",
    "did-not-hear": "Przepraszamy, nic nie usłyszeliśmy.",
    "not-valid": "Przepraszamy, nie ma takiej możliwości.",
    "connecting-operator": "Łączymy z centralą.",
    "one-moment": "Proszę chwilę zaczekać.",
    "line-test-hang-up": "Dziękujemy za telefon w sprawie testu linii. Proszę się teraz rozłączyć.",
    "line-test-stay": "Dziękujemy. Proszę się nie rozłączać. Przez chwilę będzie cicho, mogą być słyszalne sygnały.",
    "line-test-thanks": "Test linii jest zakończony. Dziękujemy i do widzenia.",
    "system-fault": "Przepraszamy, mamy kłopot z telefonami. Prosimy zadzwonić ponownie za kilka minut.",
    "goodbye": "Do usłyszenia.",
    "thank-you-goodbye": "Dziękujemy za telefon. Do usłyszenia.",
    "no-line-free": "Przepraszamy, wszystkie nasze linie są zajęte. Prosimy spróbować ponownie za kilka minut.",
    # Information, hours, fax
    "information-menu": "Aby wysłuchać tego ponownie, proszę nacisnąć 1. Aby wrócić, proszę nacisnąć gwiazdkę.",
    "closed-now": "Nasze biuro jest teraz nieczynne.",
    "away-for-a-break": "Mamy teraz krótką przerwę.",
    "closed-for-a-holiday": "Nasze biuro jest nieczynne z powodu święta.",
    "no-fax": "Przepraszamy, na tej linii nie możemy odebrać faksu.",
    "fax-is-coming": "Przychodzi faks. Można odłożyć słuchawkę.",
    # Night mode
    "managers-only": "Przepraszamy, może to zmienić tylko kierownictwo.",
    "night-mode-automatic": "Biuro jest otwierane i zamykane według godzin pracy.",
    "night-mode-closed": "Biuro jest zamknięte do ponownego otwarcia.",
    "night-mode-open": "Biuro jest otwarte do ponownego zamknięcia.",
    "night-mode-menu": (
        "Aby zamknąć biuro, naciśnij 1. Aby je otworzyć, naciśnij 2. Aby przywrócić godziny pracy, naciśnij 3."
    ),
    "not-changed": "Przepraszamy, nie udało się tego zapisać. Nic nie zostało zmienione.",
    # Recording what callers hear
    "enter-prompt-number": "Proszę podać numer zapowiedzi, a potem nacisnąć krzyżyk.",
    "no-such-prompt": "Nie ma zapowiedzi o tym numerze.",
    "nothing-recorded": "Nic jeszcze nie nagrano.",
    "prompt-menu": (
        "Aby wysłuchać jej ponownie, naciśnij 1. Aby ją nagrać, naciśnij 2. Aby przywrócić poprzednią wersję, naciśnij "
        "3. Aby wybrać inną zapowiedź, naciśnij gwiazdkę."
    ),
    "record-prompt-after-tone": "Mów po sygnale. Na koniec naciśnij krzyżyk.",
    "prompt-review-menu": (
        "Aby zachować to nagranie, naciśnij 1. Aby go wysłuchać, naciśnij 2. Aby nagrać je od nowa, naciśnij 3."
    ),
    "prompt-saved": "Nagranie zostało zapisane.",
    "prompt-too-short": "To nagranie jest za krótkie.",
    "no-version-before": "Nie ma poprzedniej wersji.",
    "version-before-is-back": "Przywrócono poprzednią wersję. Teraz dzwoniący słyszą tę wersję.",
    # The announcement that overrides all
    "announcement-on": "Komunikat jest włączony. Wszyscy dzwoniący słyszą go najpierw.",
    "announcement-off": "Komunikat jest wyłączony.",
    "announcement-menu": (
        "Aby go włączyć, naciśnij 1. Aby go wyłączyć, naciśnij 2. Aby go wysłuchać, naciśnij 3. Aby go nagrać, "
        "naciśnij 4. Aby przywrócić poprzednią wersję, naciśnij 5."
    ),
    # Callers known and unwanted
    "call-refused": "Przepraszamy, ten numer nie przyjmuje tego połączenia.",
    "challenge": "Aby uzyskać połączenie, proszę nacisnąć {key}.",
    "enter-your-number": "Proszę wybrać swój numer telefonu z numerem kierunkowym, a potem nacisnąć krzyżyk.",
    "no-last-caller": "Żadne z ostatnich połączeń nie miało numeru.",
    "last-caller": "Ostatnie połączenie było z numeru {number}.",
    "block-menu": "Aby zablokować ten numer, naciśnij 1. Aby nic nie zmieniać, naciśnij gwiazdkę.",
    "caller-blocked": "Ten numer jest teraz zablokowany.",
    # The directory
    "directory-spell": (
        "Proszę przeliterować nazwisko na klawiszach telefonu, a potem imię. Często wystarczą trzy litery. Aby wrócić, "
        "proszę nacisnąć gwiazdkę."
    ),
    "directory-several": "Jest kilka osób. Proszę literować dalej.",
    "directory-nobody": "Przepraszamy, nie znaleźliśmy nikogo o takim nazwisku.",
    "directory-choice": "Proszę nacisnąć {key}: {name}, numer wewnętrzny {extension}.",
    # The same around a name in the person's own voice:
    "directory-choice-before": "Proszę nacisnąć {key}:",
    "directory-choice-behind": "numer wewnętrzny {extension}.",
    "directory-more": "Aby usłyszeć więcej nazwisk, proszę nacisnąć 9.",
    "directory-another": "Aby przeliterować inne nazwisko, proszę nacisnąć gwiazdkę.",
    # Reaching a person
    "not-available": "{name} nie może teraz odebrać.",
    "on-the-phone": "{name} rozmawia przez telefon.",
    "nobody-available": "Przepraszamy, nikt nie może teraz odebrać telefonu.",
    "connecting-operator-again": "{name} nie odbiera. Łączymy ponownie z centralą.",
    # What a caller hears who waits while somebody is looked for
    "still-trying": "{name} jeszcze nie odbiera. Próbujemy dalej.",
    "still-looking": "Dziękujemy za cierpliwość. {name} nadal nie odbiera, ale próbujemy dalej.",
    "still-nobody": "Nikt jeszcze nie odebrał, ale próbujemy dalej.",
    "while-waiting": "Aby zostawić wiadomość, proszę nacisnąć krzyżyk. Aby połączyć się z centralą, proszę nacisnąć 0.",
    "while-waiting-for-operator": "Aby zostawić wiadomość, proszę nacisnąć krzyżyk.",
    "is-coming": "{name} zaraz się zgłosi. Proszę chwilę zaczekać.",
    "say-your-name": "Po sygnale proszę się przedstawić.",
    "trying-to-connect": "Dziękujemy. Prosimy zaczekać, próbujemy połączyć.",
    "line-will-be-silent": "Przez chwilę może być teraz cicho.",
    "back-again": "Dziękujemy za cierpliwość.",
    # Whoever is called outside is told who calls, and presses a key
    "call-for": "Telefon do: {company}.",
    "call-for-from": "Telefon do: {company}. Dzwoni {name}.",
    "call-for-from-number": "Telefon do: {company}, z numeru {number}.",
    # The same in front of a name in the caller's own voice:
    "call-for-from-before": "Telefon do: {company}. Dzwoni",
    "screening-accept": "Aby odebrać, naciśnij 1.",
    "screening-menu": (
        "Aby odebrać, naciśnij 1. Aby skierować połączenie do swojej skrzynki, naciśnij 2. Aby wysłuchać tego "
        "ponownie, naciśnij 3. Aby odrzucić połączenie i zablokować dzwoniącego, naciśnij 4. Jeśli potrzebujesz "
        "chwili, naciśnij 5."
    ),
    "caller-waits": "Ktoś czeka na linii. Aby odebrać, naciśnij 1.",
    "sent-to-voicemail": "Połączenie trafia do twojej skrzynki. Do usłyszenia.",
    "caller-turned-away": "Połączenie zostało odrzucone. Do usłyszenia.",
    "call-taken": "Ktoś inny już odebrał. Do usłyszenia.",
    "caller-has-left": "Nikogo już nie ma na linii. Do usłyszenia.",
    # Not to be disturbed
    "cannot-take-calls": "{name} nie przyjmuje teraz telefonów.",
    "for-help-dial": "Jeśli potrzebna jest pomoc, proszę wybrać numer wewnętrzny {extension}.",
    "do-not-disturb-on": "Tryb nie przeszkadzać jest włączony. Dzwoniący słyszą powitanie dla tego trybu.",
    "do-not-disturb-until": "Telefon zacznie znów dzwonić {when}.",
    "do-not-disturb-off": "Tryb nie przeszkadzać jest wyłączony. Dzwoniący słyszą zwykłe powitanie.",
    "do-not-disturb-hours": (
        "Aby tryb wyłączył się sam, podaj liczbę godzin. Aby pozostał włączony do odwołania, naciśnij krzyżyk."
    ),
    # Forwarding
    "enter-forward-number": (
        "Podaj numer do przekierowania, a potem naciśnij krzyżyk. Wybierz go tak jak w biurze. Aby wybrać swoją "
        "komórkę, naciśnij gwiazdkę."
    ),
    "forward-menu": (
        "Aby przekierować wszystkie połączenia, naciśnij 1. Aby przekierować nieodebrane, naciśnij 2. Aby przekierować "
        "te, które przychodzą w trakcie rozmowy, naciśnij 3. Aby dzwoniły oba telefony, naciśnij 4."
    ),
    "forwarded-to": "Połączenia są teraz przekierowywane na numer {number}.",
    "forwarded-no-more": "Połączenia nie są już przekierowywane.",
    "forward-refused": "Przepraszamy, na ten numer nie można przekierować połączeń.",
    # Being at the office, and departments
    "you-are-here": "Witaj. Jesteś teraz w biurze.",
    "you-are-away": "Jesteś teraz poza biurem.",
    "member-of-none": "Nie należysz do żadnego działu.",
    "member-in": "Dział: {name}. Telefony do tego działu dzwonią u ciebie.",
    "member-out": "Dział: {name}. Telefony do tego działu nie dzwonią u ciebie.",
    "member-menu": "Aby to zmienić, naciśnij 1. Aby nic nie zmieniać, naciśnij krzyżyk.",
    # Leaving a message
    "greeting-default": "Tu skrzynka głosowa. Abonent: {name}.",
    "greeting-default-general": "Tu nasza ogólna skrzynka głosowa.",
    "leave-message": (
        "Prosimy zostawić wiadomość po sygnale. Na koniec proszę odłożyć słuchawkę. Aby poznać inne możliwości, proszę "
        "nacisnąć krzyżyk."
    ),
    "mailbox-full": "Przepraszamy, ta skrzynka jest pełna i nie przyjmie kolejnej wiadomości.",
    "message-saved": "Wiadomość została zachowana.",
    "message-too-short": "Nagranie jest za krótkie. Proszę zostawić wiadomość po sygnale.",
    "message-not-recorded": "Przepraszamy, nic się nie nagrało.",
    "recording-stopped-disk-full": (
        "Przepraszamy, zabrakło miejsca na nagranie. Dotychczasowa wypowiedź została zachowana."
    ),
    # Coming into a mailbox
    "enter-mailbox": "Proszę wybrać swój numer wewnętrzny.",
    "enter-pin": "Proszę podać swój kod PIN.",
    "wrong-pin": "Przepraszamy, ten kod PIN jest nieprawidłowy.",
    # Hearing messages
    "you-have-no-messages": "Nie masz żadnych wiadomości.",
    "you-have-new": Plural(
        "count",
        one="Masz jedną nową wiadomość.",
        few="Masz {count:feminine} nowe wiadomości.",
        many="Masz {count:feminine} nowych wiadomości.",
    ),
    "you-have-saved": Plural(
        "count",
        one="Masz jedną zachowaną wiadomość.",
        few="Masz {count:feminine} zachowane wiadomości.",
        many="Masz {count:feminine} zachowanych wiadomości.",
    ),
    "you-have-new-and-saved": (
        "Masz ",
        Plural(
            "new",
            one="jedną nową wiadomość",
            few="{new:feminine} nowe wiadomości",
            many="{new:feminine} nowych wiadomości",
        ),
        " i ",
        Plural(
            "saved",
            one="jedną zachowaną.",
            few="{saved:feminine} zachowane.",
            many="{saved:feminine} zachowanych.",
        ),
    ),
    "message-number": "Wiadomość numer {count},",
    "from-number": "z numeru {number}.",
    "from-unknown": "z nieznanego numeru.",
    "from-private": "z numeru zastrzeżonego.",
    "received": "Odebrana {when}.",
    "message-length": "Czas trwania: {count:seconds}.",
    "message-unreadable": "Przepraszamy, tej wiadomości nie można odtworzyć.",
    "message-written": "Ta wiadomość została dla Państwa zapisana. Proszę przeczytać ją na stronie internetowej biura.",
    "kept": "Wiadomość zachowana.",
    "deleted": "Wiadomość usunięta.",
    "no-more-messages": "Nie ma więcej wiadomości.",
    # A person's own greeting
    "greeting-menu": (
        "Aby wysłuchać powitania, naciśnij 1. Aby nagrać nowe powitanie, naciśnij 2. Aby usunąć powitanie, naciśnij 3. "
        "Aby wrócić, naciśnij gwiazdkę."
    ),
    "no-greeting": "Nie nagrano jeszcze powitania. Dzwoniący słyszą powitanie standardowe.",
    "record-greeting-after-tone": "Nagraj powitanie po sygnale. Na koniec naciśnij krzyżyk.",
    "greeting-review-menu": (
        "Aby zachować to powitanie, naciśnij 1. Aby go wysłuchać, naciśnij 2. Aby nagrać je od nowa, naciśnij 3."
    ),
    "greeting-saved": "Powitanie zostało zachowane.",
    "greeting-removed": "Powitanie zostało usunięte.",
    "greeting-too-short": "To powitanie jest za krótkie.",
    # A person's greeting for when the person does not want to be disturbed
    "unavailable-menu": (
        "Aby wysłuchać powitania dla trybu nie przeszkadzać, naciśnij 1. Aby je nagrać, naciśnij 2. Aby je usunąć, "
        "naciśnij 3. Aby wrócić, naciśnij gwiazdkę."
    ),
    "no-unavailable": (
        "Nie nagrano jeszcze powitania dla trybu nie przeszkadzać. Dzwoniący słyszą powitanie standardowe."
    ),
    "record-unavailable-after-tone": (
        "Nagraj powitanie dla trybu nie przeszkadzać po sygnale. Na koniec naciśnij krzyżyk."
    ),
    # A person's own name, as callers hear it in the directory
    "name-menu": (
        "Aby wysłuchać swojego imienia i nazwiska, naciśnij 1. Aby je nagrać, naciśnij 2. Aby usunąć nagranie, "
        "naciśnij 3. Aby wrócić, naciśnij gwiazdkę."
    ),
    "no-name": "Nie nagrano jeszcze imienia i nazwiska. Odczytuje je automat.",
    "record-name-after-tone": "Powiedz swoje imię i nazwisko po sygnale, a potem naciśnij krzyżyk.",
    "name-review-menu": (
        "Aby zachować to nagranie, naciśnij 1. Aby go wysłuchać, naciśnij 2. Aby nagrać je od nowa, naciśnij 3."
    ),
    "name-saved": "Nagranie zostało zachowane.",
    "name-removed": "Nagranie zostało usunięte.",
    "name-too-short": "Przepraszamy, nic się nie nagrało.",
    "name-too-long": "Nagranie jest za długie. Powiedz tylko imię i nazwisko.",
    **TELEPHONE,
    **FEATURES,
    **DIALLING,
    **LEAVING,
    **HEARING,
    **NOTICES,
}
