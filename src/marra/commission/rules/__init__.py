"""What portfolios, plans, scenarios and readings may be."""
