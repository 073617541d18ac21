"""Measures the engine against what Wagtail does by itself, in the same run: ``make bench``."""
