"""The call flow as a nested list."""

from __future__ import annotations

from web.pages.menus.flow import DEEPEST, Told, lit, outline


def in_full(told: list[Told]) -> list[str]:
    """Every box that is told with all that is behind it."""
    found = []
    for one in told:
        found += [one.box["path"]] * (not one.again) + in_full(one.leads)
    return found


def test_a_chain_of_menus_that_ends_where_it_began_is_told_once_each():
    count = 3 * DEEPEST
    boxes = [{"kind": "line" if place == 0 else "menu", "path": str(place), "lines": ["it"]} for place in range(count)]
    arrows = [
        {"source": place, "target": place + 1 if place + 1 < count else 1, "by": "1", "says": ""}
        for place in range(count)
    ]
    told = outline({"boxes": boxes, "arrows": arrows})
    assert sorted(in_full(told), key=int) == [str(place) for place in range(count)]
    assert len(told) == 3


def test_a_way_is_lit_by_its_names_alone():
    svg = '<a class="box line" data-box="line a | line b" data-path="x"/><g class="arrow" data-path="menu.keys.1"/>'
    assert lit(svg, ["line b"], ["menu.keys.1"]).count(" lit") == 2
    assert lit(svg, ["line"], ["menu.keys.12"]) == svg
