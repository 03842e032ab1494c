"""Reads of the inventory, by subject."""
