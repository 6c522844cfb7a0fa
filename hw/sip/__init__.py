"""Gateways and SIP telephones: lines that come over the local network."""
