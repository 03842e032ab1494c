"""Pages of scenarios: what the odds become if a country has other figures, kept and compared."""
