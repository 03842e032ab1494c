"""Everything that changes the catalogue and the definitions of its services."""
