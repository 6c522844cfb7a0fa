"""Office documents that several tests share: the example office, and what may be made of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

EXAMPLE = Path(__file__).parent.parent / "examples" / "offices" / "riverside-dental.json"


def example() -> dict[str, Any]:
    """The example office as a fresh document."""
    found: dict[str, Any] = json.loads(EXAMPLE.read_text())
    return found


def with_a_menu_behind() -> dict[str, Any]:
    """The example office with a menu behind key 4, and something that is told there."""
    document = example()
    document["menu"]["keys"] |= {"4": {"action": "menu", "menu": "billing", "says": "For billing, press 4."}}
    document["menus"] = {
        "billing": {
            "greeting": "Billing.",
            "keys": {
                "1": {"action": "person", "person": "ruth", "says": "For a question about a bill, press 1."},
                "2": {"action": "information", "information": "pay", "says": "For ways to pay, press 2."},
                "*": {"action": "back", "says": "To go back, press star."},
            },
            "waits": {"action": "mailbox", "person": "ruth"},
        }
    }
    document["information"] = {"pay": {"says": "You can pay by card, by transfer, or at the front desk."}}
    return document


def of_two_companies() -> dict[str, Any]:
    """The example office shared by two companies, each with a line, a menu and somebody who works for it."""
    document = example()
    document["companies"] = [
        {"id": "harbour", "name": "Harbour Law", "numbers": ["5550100"], "menu": "harbour"},
        {"id": "title", "name": "Bay Title LLC", "numbers": ["5550101"], "menu": "title"},
    ]
    document["people"][2]["companies"] = ["harbour"]
    document["people"][3]["companies"] = ["title"]
    document["menus"] = {
        "harbour": {
            "greeting": "Harbour Law, good day.",
            "keys": {"1": {"action": "person", "person": "tom", "says": "For Tom Becker, press 1."}},
        },
        "title": {
            "greeting": "This is Bay Title.",
            "keys": {"1": {"action": "person", "person": "ruth", "says": "For Ruth Olsen, press one."}},
        },
    }
    document["menu"]["keys"] = {"1": {"action": "operator", "says": "For the front desk, press 1."}}
    return document


def with_a_department() -> dict[str, Any]:
    """The example office with a department behind key 4, and a menu for callers whom nobody answers there."""
    document = example()
    document["menu"]["keys"]["4"] = {"action": "department", "department": "care", "says": "For care, press 4."}
    document["departments"] = [
        {
            "id": "care",
            "name": "Care",
            "extension": "200",
            "members": [{"person": "maria"}, {"person": "tom"}],
            "longest_seconds": 10,
            "otherwise": {"action": "menu", "menu": "late"},
        }
    ]
    document["menus"] = {
        "late": {
            "greeting": "Nobody is free.",
            "keys": {"1": {"action": "mailbox", "person": "ruth", "says": "For a message, press 1."}},
        }
    }
    return document
