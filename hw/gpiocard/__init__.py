"""The line card of one's own making: chips on the pins of the Raspberry Pi, their sound through an ALSA codec.

A telephone hangs on a SLIC of the Ag1171 class (`slic.py`), a line to the exchange on a DAA of the Ag2130 class
(`daa.py`). Two of either share the two channels of a stereo codec (`codec.py`, `sound.py`). `pinmap.py` says which pin
is which; docs/gpiocard.md has the parts, the wiring, and what was tried.

Ringing is the one thing here that can do harm. A thread makes it (`ringer.py`), and it ends by itself when the program
stalls; `guard.py` is a process that ends it when the program dies.
"""
