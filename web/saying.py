"""Sentences of the daemon, said in the language of the page.

A sentence comes as its English text with the template and the facts of which it was made (`hw/said.py`). The template
is a text of the catalogue like any of a page's own, and facts that are sentences or words of the daemon are
translated, too. Names and numbers are put in as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from flask_babel import gettext, ngettext

Told = Mapping[str, Any]
"""A sentence as the control socket tells it."""


def in_words(told: Told, name: Callable[[str], str] = str) -> str:
    """The sentence in the page's language. name: what a name in it is called on the page."""
    if "template" not in told:
        return str(told["text"])
    facts = {blank: _fact(fact, name) for blank, fact in told.get("facts", {}).items()}
    if "plural" in told:
        return str(ngettext(told["template"], told["plural"], **facts))
    text = gettext(told["template"])
    return str(text % facts if facts else text)


def sentence(told: Told, name: Callable[[str], str] = str) -> str:
    """The same as a whole sentence, with a capital and a full stop."""
    text = in_words(told, name)
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "!", "?", "…")) else ".")


def templates_in(told: Told) -> Iterator[str]:
    """Its own template, and those of the sentences that are put into it."""
    if "template" in told:
        yield told["template"]
        for fact in told.get("facts", {}).values():
            for part in fact if isinstance(fact, list) else [fact]:
                if isinstance(part, dict):
                    yield from templates_in(part)


def _fact(fact: Any, name: Callable[[str], str]) -> Any:
    if isinstance(fact, list):
        return ", ".join(str(_fact(one, name)) for one in fact)
    if isinstance(fact, dict):
        return in_words(fact, name)
    return name(fact) if isinstance(fact, str) else fact
