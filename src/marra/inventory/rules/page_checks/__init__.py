"""Checks of pages: facts that were fetched, judged into findings with their place."""
