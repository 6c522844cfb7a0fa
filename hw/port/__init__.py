"""The half of a port that all line cards share. What differs is the pair of wires (`wires.py`) that a driver measures.

`fxo.py` and `fxs.py` are the ports. What the signs on a line mean is decided without I/O, in tables of times
(`fxo_protocol.py`, `hook_protocol.py`, `datacall_protocol.py`); docs/lines.md says where the times come from.
`timing.py` calls these protocols when their time has come, `alerting.py` rings, `playing.py` plays sound out.
"""
