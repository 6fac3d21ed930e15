"""The gentle check of an answer: which words blur, and which cut down a person."""
