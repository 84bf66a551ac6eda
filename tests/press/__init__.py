"""Tests of the doors of paper."""
