"""What a service of the portal is, what it costs, and when it may be published."""
