"""Every change of the commission's records, one file for each kind."""
