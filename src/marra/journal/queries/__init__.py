"""Read the journal, its tree, and whether both are as they were sealed."""
