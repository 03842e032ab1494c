"""Pages of plans: what reaches the goal, at what price, with which odds; and their portfolios."""
