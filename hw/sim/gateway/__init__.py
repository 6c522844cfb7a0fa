"""A simulated SIP-to-analog gateway: the other side of the unit's SIP lines, for developers and tests.

Begin with `gateway.py`. `fxo.py` and `fxs.py` are its ports, `settings.py` is what an installer would set.
"""
