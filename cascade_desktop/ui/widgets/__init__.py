"""The reusable parts of the window; they know their children and no view."""
