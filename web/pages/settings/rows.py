"""The buttons within a form that add, remove and move rows, or copy hours, for browsers without scripts."""

from __future__ import annotations

from web.pages.settings.reading import ROW_ORDER, Posted
from web.weeks import AS_MONDAY, copied


def pressed(posted: Posted) -> Posted:
    """What was filled in, with the rows as they are behind the button that was pressed."""
    act, _, name = posted.get("do", "save").partition(":")
    if act == AS_MONDAY:
        return copied(posted, posted["do"])
    if act == "add":
        order = posted.getlist(name + ROW_ORDER)
        return _ordered(posted, name, [*order, f"n{_unused(order)}"])
    name, _, number = name.removesuffix("]").rpartition("[")
    order = posted.getlist(name + ROW_ORDER)
    if number not in order:
        return posted
    place = order.index(number)
    match act:
        case "remove":
            order.remove(number)
        case "up" if place > 1:  # The first one is empty, so that a list without rows is told from none.
            order[place - 1 : place + 1] = [number, order[place - 1]]
        case "down" if place < len(order) - 1:
            order[place : place + 2] = [order[place + 1], number]
    return _ordered(posted, name, order)


def _unused(order: list[str]) -> int:
    return max((int(one.removeprefix("n")) for one in order if one.removeprefix("n").isdigit()), default=-1) + 1


def _ordered(posted: Posted, name: str, order: list[str]) -> Posted:
    changed = posted.copy()
    changed.setlist(name + ROW_ORDER, order)
    return changed
