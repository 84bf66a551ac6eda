"""Paper forms as data: read from a text that an office can edit, filled from a record, drawn to the tenth of a mm."""
