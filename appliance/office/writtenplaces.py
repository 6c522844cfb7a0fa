"""Which texts an office document has a place for, as it is written and before it is read: a draft may have new ones."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from appliance.office.daypart import Part

_PARTS = "|".join(part.value for part in Part)
_PLACE = re.compile(r"(?P<around>menu|(?P<group>menus|information)\.(?P<id>[a-z0-9-]+))\.(?P<text>.+)")
_IN_A_MENU = re.compile(rf"greeting|greetings\.({_PARTS})|keys\.(?P<key>[0-9*#])\.says")


def is_place(place: str, document: Mapping[str, Any]) -> bool:
    """Whether callers would hear something at this place, such as `menus.night.greeting`, of this document."""
    found = _PLACE.fullmatch(place)
    if found is None:
        return False
    group = found["group"]
    there = document.get(group, {}).get(found["id"]) if group else document.get("menu")
    if not isinstance(there, dict):
        return False
    if group == "information":
        return found["text"] == "says"
    text = _IN_A_MENU.fullmatch(found["text"])
    return text is not None and (text["key"] is None or text["key"] in there.get("keys", {}))
