"""Read the catalogue and the definitions of its services."""
