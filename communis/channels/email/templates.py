"""The kinds of mail there are, as they stand in the rows."""

# Tells a notice.
TOLD = "told"
# The same once more, because its reader asked for it.
LATER = "later"
# What was told by mail reads otherwise now.
CORRECTED = "corrected"
DIGEST = "digest"
# A mail of one's own waits.
HELD = "held"
# Somebody wants to pass on words of one's own.
PASSING = "passing"

# Of these a person gets so many in a day; what was asked for, and what is hers to decide, is not counted.
COUNTED = (TOLD, CORRECTED)
