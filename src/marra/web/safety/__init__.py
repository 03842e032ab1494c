"""Pages of safety: who may do what, the seal of the journal, the second step of signing in."""
