"""One folder is one ledger (台账)."""
