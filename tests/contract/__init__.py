"""The promises that every ledger keeps, run over every ledger that is installed."""
