"""Which keys a text tells callers to press, in each language: "press 4", "drücken Sie die Vier", "pulse asterisco"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True, slots=True)
class KeyWords:
    """How a language asks for keys, each as words between spaces, small letters.

    asks: the words that ask for a key. between: those that may stand between them and the key. either: those between
    two keys of which one is enough. keys: the words of each key besides its digit, 0 to 9, star and pound, a stroke
    between two keys.
    """

    asks: str
    between: str
    either: str
    keys: str


KEYS = "0123456789*#"

WORDS: Mapping[str, KeyWords] = {
    "en": KeyWords(
        "press push hit touch dial enter",
        "the key keys button number digit on",
        "or",
        "zero oh / one / two / three / four / five / six / seven / eight / nine / star asterisk / pound hash",
    ),
    "de": KeyWords(
        "drücken drücke wählen wähle tippen betätigen",
        "sie bitte dann die taste ziffer nummer auf",
        "oder",
        "null / eins / zwei zwo / drei / vier / fünf / "
        "sechs / sieben / acht / neun / stern sterntaste / raute rautetaste",
    ),
    "es": KeyWords(
        "pulse pulsa oprima oprime marque marca presione presiona",
        "el la tecla número botón en",
        "o",
        "cero / uno / dos / tres / cuatro / cinco / "
        "seis / siete / ocho / nueve / asterisco estrella / almohadilla numeral",
    ),
    "fr": KeyWords(
        "appuyez tapez composez faites pressez",
        "sur le la touche chiffre numéro",
        "ou",
        "zéro / un / deux / trois / quatre / cinq / six / sept / huit / neuf / étoile astérisque / dièse carré",
    ),
    "pl": KeyWords(
        "naciśnij wciśnij wybierz nacisnąć wcisnąć wybrać",
        "proszę klawisz przycisk cyfrę numer",
        "lub albo",
        "zero / jeden jedynkę / dwa dwójkę / trzy trójkę / cztery czwórkę / pięć piątkę / sześć szóstkę / "
        "siedem siódemkę / osiem ósemkę / dziewięć dziewiątkę / gwiazdka gwiazdkę / krzyżyk kratka kratkę",
    ),
    "ru": KeyWords(
        "нажмите нажми наберите",
        "пожалуйста на клавишу кнопку цифру",
        "или",
        "ноль нуль / один единицу / два двойку / три тройку / четыре четвёрку / пять пятёрку / "
        "шесть шестёрку / семь семёрку / восемь восьмёрку / девять девятку / звёздочка звёздочку / решётка решётку",
    ),
    "sv": KeyWords(
        "tryck slå välj trycka",
        "på sedan knapp knappen siffran siffra tangent nummer",
        "eller",
        "noll nollan / ett etta ettan / två tvåa tvåan / tre trea trean / fyra fyran / fem femma femman / "
        "sex sexa sexan / sju sjua sjuan / åtta åttan / nio nia nian / stjärna stjärnan / fyrkant fyrkanten",
    ),
    "vi": KeyWords(
        "nhấn bấm ấn",
        "phím số dấu",
        "hoặc",
        "không / một / hai / ba / bốn / năm / sáu / bảy / tám / chín / sao / thăng",
    ),
}
"""By the codes of languages. One that is not here yet has its texts unchecked."""


def pressed(text: str, language: str) -> list[str]:
    """The keys and numbers that the text asks callers to press, in its order, as they are pressed."""
    words = WORDS[language]
    asks, between, either = words.asks.split(), words.between.split(), words.either.split()
    found: list[str] = []
    asking = joined = False
    for word in _tokens(text):
        key = _spoken(word, language)
        if word in asks:
            asking, joined = True, False
        elif key is not None and asking:
            if joined:
                found[-1] += key
            else:
                found.append(key)
            joined = True
        elif word in either or word == ",":
            joined = False
        elif word not in between or joined:
            asking = joined = False
    return found


def names(text: str, key: str, language: str) -> bool:
    """Whether the text names the key at all, in whatever words around it."""
    return any(_spoken(word, language) == key for word in _tokens(text))


def _tokens(text: str) -> list[str]:
    return re.findall(r"\d+|[^\W\d_]+|[*#,.!?]", text.casefold().replace("ё", "е"))


def _spoken(word: str, language: str) -> str | None:
    """What is pressed where this word is read out."""
    return word if word.isdecimal() or word in KEYS else _keys(language).get(word)


@cache
def _keys(language: str) -> dict[str, str]:
    named = zip(KEYS, WORDS[language].keys.split("/"), strict=True)
    return {word.replace("ё", "е"): key for key, words in named for word in words.split()}
