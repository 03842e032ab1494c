"""Pages of the editions to come: where a country may stand, and what it takes."""
