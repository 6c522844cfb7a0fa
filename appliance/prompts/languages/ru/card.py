"""What stands in English on the printed card of what is dialled. A code's sentence has the name of its field."""

from __future__ import annotations

from typing import Final

CARD: Final[dict[str, str]] = {
    "title": "Dialing at {office}",
    "first": "To begin with",
    "calling": "Calling",
    "taking": "Taking calls",
    "being-called": "Being called",
    "messages": "Messages",
    "managers": "For managers",
    "departments": "Departments",
    "people": "People",
    "emergency": "Emergency, from every telephone, locked ones too. {outside} in front does no harm.",
    "outside-line": "An outside line: dial the number behind it.",
    "operator": "The operator.",
    "hear-messages": "Hear your messages. Your own extension does the same.",
    "without-star": "Telephones with a dial have no star. Dial {instead} in its place: {dialled} for {code}.",
}

CODES: Final[dict[str, str]] = {
    "without_waiting": "Call without being disturbed by waiting calls: dial the number behind it.",
    "last_number": "Dial your last number again.",
    "call_return": "Hear who called last and when, and call back with one key.",
    "who_called": "Hear who called last, and when.",
    "speed": "Speed number: dial one digit behind it for your own, two for the office's.",
    "set_speed": "Store a speed number of your own.",
    "redial": "After a busy number: both telephones ring once it is free.",
    "redial_no_more": "Stop waiting for a busy number.",
    "page": "Speak to all telephones, or to the group whose number you dial behind it.",
    "conference": "Join a conference: dial its number behind it.",
    "account": "Call for an account: dial its code behind it, then the number.",
    "park": "Park a call: press flash, then dial it. You hear the place.",
    "take_parked": "Take a parked call: dial its place behind it.",
    "pick_up": "Answer a telephone that rings near you.",
    "pick_up_from": "Answer somebody's telephone: dial the extension behind it.",
    "do_not_disturb": "Do not disturb on.",
    "disturb": "Do not disturb off.",
    "forward": "Forward your calls.",
    "forward_no_more": "Stop forwarding your calls.",
    "come": "You are at the office.",
    "leave": "You are away.",
    "departments": "Log in to a department, or out of it.",
    "block_last": "Block whoever called you last.",
    "wake_up": "Set a wake-up call, or end it.",
    "log_in": "Make this telephone yours, with your extension and PIN.",
    "log_out": "Give the telephone back.",
    "lock": "Lock the telephone.",
    "unlock": "Unlock the telephone with your PIN.",
    "lost_callers": "Hear who called and got nobody, and call back with one key.",
    "night_mode": "Close or open the office, or let its hours decide.",
    "record_prompts": "Record what callers hear.",
    "announcement": "Record the announcement that all callers hear first, and switch it on or off.",
    "emergency_test": "Try what an emergency call does: only the person to be told is rung.",
    "listen_in": "For operators: listen to an emergency call.",
}
