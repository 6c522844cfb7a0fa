"""Real SIP in real time: the unit against devices, servers and other units."""
