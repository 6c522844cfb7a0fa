"""What callers of a new office hear, in each language, until the office says it in its own words.

No text puts a name into a grammatical case, as nobody is asked for the cases of names.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from appliance.office.daypart import Part


@dataclass(frozen=True, slots=True)
class StartTexts:
    """The texts of one language, with `{blanks}`."""

    greetings: Mapping[Part, str]
    """The first sentence, with {company}."""
    person: str
    """A key that leads to somebody: {name} and {key}. Departments have the same."""
    message: str
    """A key for a message, with {key}."""
    by_name: str
    """The key for the directory, with {key}."""
    line: str
    """What a line is called, with {number}."""
    telephone: str
    """What a telephone is called, with {number}."""


def _parts(morning: str, afternoon: str, evening: str) -> dict[Part, str]:
    return {Part.MORNING: morning, Part.AFTERNOON: afternoon, Part.EVENING: evening}


START_TEXTS: Final[Mapping[str, StartTexts]] = {
    "en": StartTexts(
        _parts(
            "Good morning, and thank you for calling {company}.",
            "Good afternoon, and thank you for calling {company}.",
            "Good evening, and thank you for calling {company}.",
        ),
        "For {name}, press {key}.",
        "To leave a message, press {key}.",
        "To find somebody by name, press {key}.",
        "line {number}",
        "telephone {number}",
    ),
    "de": StartTexts(
        _parts(
            "Guten Morgen, und vielen Dank für Ihren Anruf bei {company}.",
            "Guten Tag, und vielen Dank für Ihren Anruf bei {company}.",
            "Guten Abend, und vielen Dank für Ihren Anruf bei {company}.",
        ),
        "Für {name} drücken Sie die {key}.",
        "Für eine Nachricht drücken Sie die {key}.",
        "Um jemanden nach Namen zu suchen, drücken Sie die {key}.",
        "Leitung {number}",
        "Telefon {number}",
    ),
    "es": StartTexts(
        _parts(
            "Buenos días, y gracias por llamar a {company}.",
            "Buenas tardes, y gracias por llamar a {company}.",
            "Buenas noches, y gracias por llamar a {company}.",
        ),
        "Para {name}, pulse {key}.",
        "Para dejar un mensaje, pulse {key}.",
        "Para buscar a alguien por su nombre, pulse {key}.",
        "línea {number}",
        "teléfono {number}",
    ),
    "fr": StartTexts(
        _parts(
            "Bonjour, et merci d'appeler {company}.",
            "Bonjour, et merci d'appeler {company}.",
            "Bonsoir, et merci d'appeler {company}.",
        ),
        "Pour {name}, tapez {key}.",
        "Pour laisser un message, tapez {key}.",
        "Pour chercher quelqu'un par son nom, tapez {key}.",
        "ligne {number}",
        "téléphone {number}",
    ),
    "pl": StartTexts(
        _parts(
            "Dzień dobry, tu {company}.",
            "Dzień dobry, tu {company}.",
            "Dobry wieczór, tu {company}.",
        ),
        "{name}: proszę nacisnąć {key}.",
        "Aby zostawić wiadomość, proszę nacisnąć {key}.",
        "Aby wyszukać osobę po nazwisku, proszę nacisnąć {key}.",
        "linia {number}",
        "telefon {number}",
    ),
    "ru": StartTexts(
        _parts(
            "Доброе утро. Вас приветствует {company}.",
            "Добрый день. Вас приветствует {company}.",
            "Добрый вечер. Вас приветствует {company}.",
        ),
        "{name}: нажмите {key}.",
        "Чтобы оставить сообщение, нажмите {key}.",
        "Чтобы найти сотрудника по фамилии, нажмите {key}.",
        "линия {number}",
        "телефон {number}",
    ),
    "sv": StartTexts(
        _parts(
            "God morgon, och välkommen till {company}.",
            "God dag, och välkommen till {company}.",
            "God kväll, och välkommen till {company}.",
        ),
        "För {name}, tryck {key}.",
        "För att lämna ett meddelande, tryck {key}.",
        "För att söka någon efter namn, tryck {key}.",
        "linje {number}",
        "telefon {number}",
    ),
    "vi": StartTexts(
        _parts(
            "Chào buổi sáng. Cảm ơn quý vị đã gọi đến {company}.",
            "Xin chào. Cảm ơn quý vị đã gọi đến {company}.",
            "Chào buổi tối. Cảm ơn quý vị đã gọi đến {company}.",
        ),
        "Để gặp {name}, nhấn phím {key}.",
        "Để gửi lời nhắn, nhấn phím {key}.",
        "Để tìm người theo tên, nhấn phím {key}.",
        "đường dây {number}",
        "điện thoại {number}",
    ),
}
"""By the codes of languages."""
