"""Gateways, SIP telephones and SIP servers: lines that come over the local network.

Begin with `card.py`, a line card like any other, whose ports are `trunkport.py` and `stationport.py`. The SIP library
runs in processes of its own, the workers (`hw.sip.worker`), because it must be used by one thread only, carries a
limited number of calls, and may crash. `endpoint.py` has as many workers as the lines need, `link.py` starts each one
and starts it again when it has died, `wire.py` is what the two sides tell each other, and sound passes in memory that
they share (`framememory.py`). `profile.py` knows what each model of device does in its own way.
"""
