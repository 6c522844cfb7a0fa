"""Sentences of the daemon, said in the language of the page.

A sentence comes as its English text with the template and the facts of which it was made (`hw/said.py`). The template
is a text of the catalogue like any of a page's own, and facts that are sentences or words of the daemon are
translated, too. Names and numbers are put in as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from flask_babel import gettext, ngettext

from appliance.control.errors import ControlError

Told = Mapping[str, Any]
"""A sentence as the control socket tells it."""


Named = Callable[[str, str], str]
"""What a text is called on a page, by the blank of the template in which it stands."""


def as_it_is(_blank: str, text: str) -> str:
    return text


def in_words(told: Told, name: Named = as_it_is) -> str:
    """The sentence in the page's language. name: what the text in a blank is called on the page."""
    if "template" not in told:
        return str(told["text"])
    facts = {blank: _fact(blank, fact, name) for blank, fact in told.get("facts", {}).items()}
    if "plural" in told:
        text = str(ngettext(told["template"], told["plural"], **facts))
    else:
        text = str(gettext(told["template"]))
        text = text % facts if facts else text
    return text[:1].upper() + text[1:] if told.get("capital") else text


def sentence(told: Told, name: Named = as_it_is) -> str:
    """The same as a whole sentence, with a capital and a full stop. A file's name at its beginning stays as it is."""
    text = in_words(told, name)
    first = text.partition(" ")[0]
    capital = text[:1] if "." in first[:-1] else text[:1].upper()
    return capital + text[1:] + ("" if text.endswith((".", "!", "?", "…")) else ".")


def refusal(error: ControlError) -> str:
    """Why the daemon has refused something, as a sentence."""
    return sentence(error.wording)


def templates_in(told: Told) -> Iterator[str]:
    """Its own template, and those of the sentences that are put into it."""
    if "template" in told:
        yield told["template"]
        for fact in told.get("facts", {}).values():
            for part in fact if isinstance(fact, list) else [fact]:
                if isinstance(part, dict):
                    yield from templates_in(part)


def _fact(blank: str, fact: Any, name: Named) -> Any:
    if isinstance(fact, list):
        return ", ".join(str(_fact(blank, one, name)) for one in fact)
    if isinstance(fact, dict):
        return in_words(fact, name)
    return name(blank, fact) if isinstance(fact, str) else fact
