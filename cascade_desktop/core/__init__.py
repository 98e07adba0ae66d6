"""Facts and rules: no input or output, no clock, no sentences."""
