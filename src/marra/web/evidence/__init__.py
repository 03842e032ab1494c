"""Pages of evidence, by subject."""
