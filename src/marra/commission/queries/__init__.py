"""Read the commission's records, one file for each kind; whoever asks is a parameter."""
