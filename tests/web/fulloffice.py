"""An office that uses nearly every field of the document, made of the example."""

from __future__ import annotations

import json
from typing import Any

from tests.web.site import OFFICE


def full_office() -> dict[str, Any]:
    document: dict[str, Any] = json.loads(OFFICE.read_text(encoding="utf-8"))
    maria, ruth = (next(one for one in document["people"] if one["id"] == id) for id in ("maria", "ruth"))
    maria |= {
        "cell": "4075550131",
        "forwarding": {"when": "no-answer", "hours": "main"},
        "companies": ["smile"],
        "assistant": "ruth",
        "service_class": "sales",
        "notify": {
            "mail": "maria@example.org",
            "sound": "wav",
            "call": {"of": "urgent", "after_minutes": 5, "begins": "07:30"},
        },
        "voicemail": {"zero": "assistant", "heard_messages_days": 30, "call_back": True},
    }
    ruth |= {
        "cell": "4075550132",
        "follow_me": [
            {"ring": "desk", "seconds": 15.5},
            {"ring": "number", "number": "94075550133", "together": True, "when": "away"},
        ],
        "ring_seconds": 20,
    }
    document["trunks"][0] |= {"endings": ["tone", "loop-break"], "ways": [], "answer_after_rings": 2, "flash_ms": 120}
    document["trunks"][0] |= {
        "ending_tone": "425: 0.3/0.7",
        "ending_tone_dbm0": -20.5,
        "hold_seconds": 12,
        "gain_db": 2.5,
    }
    document["stations"][0] |= {"place": "ground floor", "reminders": []}
    document["stations"][1] |= {"reminders": ["lamp"], "hotline": "101", "hotline_after_seconds": 4}
    document |= {
        "operators": [{"person": "maria", "hours": "main", "seconds": 25}, {"person": "ruth"}],
        "departments": [
            {
                "id": "billing",
                "name": "Billing",
                "extension": "150",
                "members": [{"person": "ruth", "desk_only": True}, {"number": "94075550134", "hours": "main"}],
                "strategy": "in-turn",
                "otherwise": {"action": "mailbox", "person": "ruth"},
            }
        ],
        "companies": [{"id": "smile", "name": "Smile Studio", "numbers": ["5550190"], "label": "SMILE"}],
        "information": {"way": {"says": "We are at the river, behind the bridge."}},
        "hours": {
            "main": {
                "week": {
                    "monday": ["08:00-12:00", "13:00 - 17:00"],
                    "friday": ["20:00-02:00"],
                    "sunday": ["00:00-24:00"],
                },
                "holidays": {"country": "US", "region": "FL", "leave_out": ["Labor Day"]},
                "dates": [{"on": "12-24", "name": "Christmas Eve", "open": ["08:00-12:00"]}, {"on": "easter +1"}],
                "closed": {"action": "message"},
                "lunch": {"action": "information", "information": "way"},
            }
        },
        "callers": {
            "ask_number": True,
            "ranked": {"action": "person", "person": "maria"},
            "languages": ["sv", "de"],
            "language_of_country": {"46": "sv", "49": "de"},
        },
        "emergency": {"place": "1 River Road", "told": ["ruth", "maria"]},
        "reaching": {"ways": ["two-lines", "transfer"], "music": False, "keep_lines_free": 1},
        "rights": {
            "classes": {"sales": {"calls": ["mobile", "local"], "when_closed": "inside", "account": True}},
            "person": {"at_once": 2},
            "accounts": [{"code": "12", "name": "Client twelve"}, {"code": "13", "name": "Client thirteen"}],
        },
        "dialling": {
            "never": ["0900*"],
            "local": ["407*"],
            "routes": [
                {"classes": ["mobile"], "numbers": ["0800*"], "trunks": [document["trunks"][0]["name"]], "only": True}
            ],
        },
        "shortcuts": {"speed": {"10": "94075550135"}, "page_groups": {"1": [document["stations"][0]["name"]]}},
        "voicemail": {"lists": {"61": ["maria", "billing"], "62": ["ruth"]}, "heard_messages_days": 60},
        "notifying": {
            "mail": {"host": "mail.example.org", "user": "office@example.org", "password": "kettle drum"},
            "post": {"url": "http://192.168.1.9/told", "secret": "a very long secret"},
            "mqtt": {"host": "192.168.1.8", "user": "office", "password": "snare drum"},
        },
        "sip": {
            "address": "192.168.1.2",
            "gateways": [
                {
                    "name": "Cupboard",
                    "model": "grandstream-ht813",
                    "address": "192.168.1.20",
                    "trunks": [{"port": "ht-line", "user": "4001", "sip_port": 5062}],
                    "stations": [{"port": "ht-phone"}],
                }
            ],
            "telephones": [{"port": "hall", "address": "192.168.1.21"}],
            "servers": [
                {
                    "name": "Provider",
                    "address": "203.0.113.5",
                    "transport": "tcp",
                    "outside": True,
                    "lines": [{"port": "provider-1", "user": "4075550190", "password": "tin whistle"}],
                }
            ],
        },
        "modem": {"use": "both", "receives": True, "line": "fxo-1", "model": "generic", "socket": "1-1.3"},
        "led": {"gpio": 18, "mailboxes": {"maria": 5}, "lines": {"fxo-1": 7}},
        "dahdi": {"ports": [{"port": "dahdi-3", "received_db": 2.5, "lamp": ["neon"], "echo_ms": 0}]},
        "lamp": {"command": "lamp-at-the-door"},
        "panel": {"night_button": 4, "password_button": 4, "buzzer": 12, "buzzer_rings": False},
        "outside_prefix": "9",
        "morning_until": "11:00",
        "codes": {"park": "*76", "without_star": ""},
    }
    document["departments"][0]["mailbox"] = True
    return document
