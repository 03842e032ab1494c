"""Read files of published figures: every wrong place is named, with its line and what to do."""
