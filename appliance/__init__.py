"""Copperdesk: a small office's whole telephone system."""

import hw as hw  # Before anything imports numpy.
