"""Builds the test vectors of the specification. It shares no code with the reader that they test."""
