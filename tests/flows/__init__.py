"""A few whole days of work in the real program: real window, real threads, real files."""
