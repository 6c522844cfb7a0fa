"""The card for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

from appliance.card.content import Card

WIDTH = 100
"""Characters in a line, as far as what is dialled leaves room."""

NARROWEST = 40


def as_text(card: Card) -> str:
    """The whole card: what is dialled in one column, the same without a star in the next, then what it does."""
    return "\n".join(_lines(card))


def _lines(card: Card) -> Iterator[str]:
    yield card.title
    if card.note:
        yield from ("", *wrap(card.note, WIDTH))
    every = [line for section in card.sections for line in section.lines]
    dialled = max(len(line.dialled) for line in every)
    without_star = max(len(line.without_star) for line in every)
    for section in card.sections:
        yield from ("", section.heading)
        for line in section.lines:
            front = f"  {line.dialled:<{dialled}}  {line.without_star:<{without_star}}  "
            first, *more = wrap(line.sentence, max(WIDTH - len(front), NARROWEST)) or [""]
            yield f"{front}{first}".rstrip()
            yield from (" " * len(front) + rest for rest in more)
