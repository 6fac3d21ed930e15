"""The word before a number that says what number it is."""

import re

# At most this many characters before a number are read for its label.
_REACH = 48
_JOINED = r"""[^\W\d_]{0,12}(?:[\s:#=("'-]|\b(?:nr|no|n:o|nummer|number|numret|är|is|med)\b\.?)*$"""


def _label(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_])(?:{words}){_JOINED}", re.IGNORECASE)


PERSONAL = _label(
    r"personn|person-?nummer|pnr|person-?nr|personal (?:identity )?number|samordningsn|coordination number"
)
ORGANISATION = _label(
    r"org\.? ?-?nr|organisationsn|org\.? ?-?nummer|organi[sz]ation number|registration number"
)
# Numbers that are counted up by a machine. A customer or case number is not among them: it may be a person's.
COUNTED = _label(
    r"ocr|order|beställning|inköp|purchase|faktura|invoice|kvitto|receipt|artikel|item|article|streckkod|bar ?code"
    r"|ean|gtin|isbn|serie|serial|kolli|parcel|spårning|tracking|inventarie|asset|batch|ticket|licens|licen[cs]e|guid"
)
# Numbers that are not for calling.
NOT_CALLED = _label(
    r"dnr|diarie|ärende|case|konto|account|clearing|bankgiro|bg|plusgiro|postgiro|pg|referens|reference|ref|kund"
    r"|customer|mätare|abonnemang|rapport|report|avtal|contract|org\.? ?-?nr|swish"
)
CALLED = re.compile(
    r"(?<![^\W_])(?:tel|telefon|mobil|ring|sms|nås|jour|växel|phone|mobile|call|reach|text me|switchboard)",
    re.IGNORECASE,
)


def labelled(text: str, start: int, label: re.Pattern[str]) -> bool:
    """Whether the words right before ``start`` are such a label."""
    return label.search(text, max(0, start - _REACH), start) is not None


def for_calling(text: str, start: int, end: int) -> bool:
    """Whether the line around a number speaks of calling."""
    around = (
        text[max(0, start - 60) : start].rpartition("\n")[2] + " " + text[end : end + 60].partition("\n")[0]
    )
    return CALLED.search(around) is not None
