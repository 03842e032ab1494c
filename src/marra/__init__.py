"""Marra, the finish line: a government raises its e-government and proves it."""
