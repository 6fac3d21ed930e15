"""Lists of what was tried, as a spreadsheet saves them: CSV."""
