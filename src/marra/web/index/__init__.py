"""Pages of the index: country, compare, map, what-if, and the charts' own pages and files."""
