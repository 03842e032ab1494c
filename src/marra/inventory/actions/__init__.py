"""Change the inventory."""
