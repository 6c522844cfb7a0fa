"""The stand-in of a USB modem: a pseudo-terminal to give commands to, and a line of the simulated exchange.

Begin with `standin.py`. `interpreter.py` reads commands and answers as the model does, whose ways are in `models.toml`;
`phone.py` is the modem on its line: it hears rings, caller ID and tones in the line's own current and sound, and lends
the line to the carriers of the library; `device.py` is the pseudo-terminal; `faults.py` is what may go wrong.
"""
