"""The developer's entry and the scripts beside it."""
