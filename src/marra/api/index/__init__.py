"""`/api/v1/editions` and `/api/v1/countries`: the index as published, explained and varied."""
