"""Pages of the portal: the catalogue for everybody, and the work behind it."""
