"""The built-in telephone exchange, its telephones and its line card: part of the product, and true to the wires.

Begin with `exchange.py`. `loop.py` is the line between any two of them, `circuit.py` the exchange's end of it,
`service.py` what the exchange does about calls, `telephone.py` and `fxo.py` what hangs at the other end.
"""
