"""Keeps None, True and False alive under Python 3.11, where PySide 6.12 gives away references that it does not own.

`Signal.emit` returns True without taking a reference, and other calls do the same with None. From Python 3.12 on these
three never die, so nobody notices; under 3.11 the program is aborted ("deallocating True or False") after a few hundred
signals. Enough references for a lifetime, taken once, make 3.11 behave like 3.12.
"""

import ctypes
import sys

_LIFETIME = 1 << 40  # more than a signal a microsecond for a week


def keep_alive() -> None:
    """Take the references; does nothing where the three are immortal."""
    if sys.version_info < (3, 12):
        for constant in (None, True, False):
            ctypes.c_ssize_t.from_address(id(constant)).value += _LIFETIME
