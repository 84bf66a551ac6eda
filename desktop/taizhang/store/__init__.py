"""The one way to write, journal, undo, search, migrate and back up."""
