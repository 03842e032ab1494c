"""Pages of the Commission, by subject."""
