"""Signal processing: the libraries SpanDSP and SpeexDSP, bound by cffi here and nowhere else, and receivers of our own.

A module that uses a library declares the few functions it needs of one header (`library.py` loads the library). DTMF
and fax tones are received by our own `dtmf.py` and `faxtone.py`. All work on frames of 20 ms (`hw.audio`).
"""
