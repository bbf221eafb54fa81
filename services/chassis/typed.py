"""Types that msgspec fills from rows and documents, made known to it before there are threads.

It learns a dataclass when it first meets one, and keeps what it has learnt half done on the class meanwhile. A second thread
that decodes into the same type at that moment reads what is not there yet, and the process dies (SIGSEGV; msgspec 0.22, two
scans at once right after a start). Seventy milliseconds a process, once.
"""

from __future__ import annotations

import dataclasses
import sys
from contextlib import suppress

import msgspec

_OURS = ("services.", "events.")


def know_types() -> None:
    """Of all modules of ours that are imported by now; what msgspec cannot fill is left out."""
    for name, module in list(sys.modules.items()):
        if name.startswith(_OURS):
            for value in list(vars(module).values()):
                if isinstance(value, type) and dataclasses.is_dataclass(value):
                    with suppress(TypeError, NameError):
                        msgspec.json.Decoder(value)
