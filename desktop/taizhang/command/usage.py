"""Wrong usage, of the command line itself or seen once the ledgers are known: an unknown ledger, an unknown field."""


class WrongUsage(Exception):  # noqa: N818 - it reads as what happened: `raise WrongUsage("…")`
    """The command was written in a way that no office could carry out; one Chinese sentence, exit code 2."""
