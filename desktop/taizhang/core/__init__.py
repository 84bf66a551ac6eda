"""What a field, a ledger, a finding and a rule is; pure Python."""
