"""The promises of the program, as tests."""
