"""The interface for programs.

Each thing it can do is declared once, in `resources/`: what serves it, what checks what is sent, and the document that
describes it all come from there.
"""
