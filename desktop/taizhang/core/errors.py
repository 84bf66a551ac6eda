"""The kinds of error that a user meets; anything else is our own bug."""


class Refused(Exception):  # noqa: N818 - it reads as what happened: `raise Refused("…")`
    """Expected: one Chinese sentence that says what happened, that nothing changed, and what to do."""


class StoreTrouble(Exception):  # noqa: N818 - likewise
    """The file or the disk is in trouble: what happened, what is safe, and what to do, in Chinese."""


class Cancelled(Exception):  # noqa: N818 - likewise
    """The user stopped a long piece of work; nothing changed."""
