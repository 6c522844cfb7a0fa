"""Faxes by the hundred over modelled lines: `make fax-trials`."""
