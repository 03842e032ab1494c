"""What may be kept: names, kinds of file known by their content, and where the bytes lie."""
