"""What needs more than being said: one file a conversation.

Each holds ``happenings(town)``. A new one is named in ``building.PARTS``; one that is only said needs no file here.
"""
