"""Measurements: functions of samples and of the times of events. No I/O, no clock."""
