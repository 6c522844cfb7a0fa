"""What people say."""

from __future__ import annotations

HELLO = "Yes, hello?"
GOOD_DAY = "Good morning, how can I help you?"
ANSWERS = "Yes, one moment, let me look at that for you."
ASKS = "I would like to change my appointment, please."
MESSAGE = "This is a message about my appointment. Please call me back."
ADDS = "It is not urgent, any time this week will do."
GREETING = "My cell phone is switched off. Leave a message after the tone, or call again later."
MOMENT = "Just a second, I can hardly hear you."
EMERGENCY = "What is your emergency?"

SAYINGS = (HELLO, GOOD_DAY, ANSWERS, ASKS, MESSAGE, ADDS, GREETING, MOMENT, EMERGENCY)
