"""The office file, part by part."""
