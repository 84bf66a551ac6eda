"""The data that is shipped."""
