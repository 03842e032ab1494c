"""Tests of the house, room by room; not shipped."""
