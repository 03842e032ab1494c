"""What may be written for ever, and how a later change of it is found out."""
