"""Tells people and programs outside the telephones what happens: by mail, HTTP POST, MQTT, and a call."""
