"""What the program's exit codes mean (decisions.md); both faces end with one of them."""

OK = 0
FAULT = 1
"""A fault of ours."""
UNUSABLE = 2
"""The input cannot be used; nothing was sent."""
INCOMPLETE = 3
"""Finished, but some were refused, are uncertain or wait to be mended."""
NEEDS_SOMEBODY = 4
"""Paused or stopped, or a person must decide."""
