"""The window: views, models, words."""
