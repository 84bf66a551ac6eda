"""The doors of paper: pages and tables as PDF."""
