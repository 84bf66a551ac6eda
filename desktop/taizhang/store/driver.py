"""The database driver: SQLCipher's, which reads plain SQLite files as well.

It has the interface of the standard library's `sqlite3`, of which it is a copy, and ships no types of its own.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3 as driver
else:
    from sqlcipher3 import dbapi2 as driver

__all__ = ["driver"]
