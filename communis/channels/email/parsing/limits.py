"""How much of a mail is read. No mail a person sends comes near; what is above is held, and its sender told why."""

MEBIBYTE = 1024 * 1024

LARGEST = (
    50 * MEBIBYTE
)  # what is taken in is at most half of it (trust section 8); archives hold older giants
HEADERS = 2 * MEBIBYTE  # the headers of all parts together
FIELDS = 2000  # headers of one part
HEADER = 64 * 1024  # of one header the rest is left out: a thousand recipients fit
PARTS = 1000
DEPTH = 30  # multiparts in one another: a mail forwarded five times within another has about ten
WORDS = MEBIBYTE  # bytes of text that is shown; longer text goes along as a file
FALSE_BOUNDARIES = 100_000  # lines that begin like a boundary and are none
