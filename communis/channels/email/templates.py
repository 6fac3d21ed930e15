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

# What became of a word about an opening: noted, or why not; with the page once more.
OPENING = "opening"
# One's own mail is said, and who reads it.
SAID = "said"
# What became of a verdict by mail.
VERDICT = "verdict"
# Something became of what was told by mail: it was answered, or has moved.
SINCE = "since"

# Of these a person gets so many in a day; what was asked for, and what is hers to decide, is not counted.
COUNTED = (TOLD, CORRECTED, SINCE)
