"""What each ledger knows: its rules, its derived values, its official layouts."""
