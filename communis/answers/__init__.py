"""Straight answers: a verdict and its reason."""
