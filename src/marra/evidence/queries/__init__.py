"""Reads of evidence, by subject."""
