"""*Already tried*: what was tried or declined, where, when and why, and what would have to change (R85, R86)."""
