"""Paper forms, from their text to the page."""
