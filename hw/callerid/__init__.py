"""Caller ID: who calls, as the exchange tells it between or before the rings.

The message is bytes (`coding.py`). They are sent as 1200 baud FSK, by a modem on the line (`fsk.py`), or as DTMF
digits. On the way in, the modem gives bits, `deframer.py` (in Japan `jclip.py`) finds whole messages in them,
`coding.py` says what a message tells, and `text.py` cleans numbers and names. `receiver.py` does all of this. When the
message comes is explained in docs/lines.md.
"""
