"""Cascade Desktop: one-off messaging campaigns from a spreadsheet."""
