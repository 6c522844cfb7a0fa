"""The media core: every 20 ms a frame from each line, to each line, and to everybody who listens.

Begin with `engine.py`, which makes the ticks, and `port.py`, which is one line in them. A port plays sources
(`sources.py`: players, tones, another party, a conference) and feeds detectors (`detectors.py`), which tell events,
and taps such as the recorder. `inbound.py` is the small queue that makes up for clocks that differ.
"""
