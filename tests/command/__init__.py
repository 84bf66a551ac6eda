"""The command line: the contract that scripts and other programs rely on."""
