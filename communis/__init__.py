"""Communis: one idea, one conversation."""

__version__ = "0.1.0.dev0"
