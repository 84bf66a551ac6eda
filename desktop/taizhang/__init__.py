"""台账: the ledgers of a community Party office, kept in one file, offline."""

__version__ = "0.1.0"
