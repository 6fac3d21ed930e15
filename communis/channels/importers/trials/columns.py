"""What the columns of a list can be called, in Swedish and in English, in capital letters or small."""

# The first word of each is what the program calls it.
_NAMES: dict[str, tuple[str, ...]] = {
    "what": ("what", "vad", "idé", "idea"),
    "place": ("where", "var", "plats", "place"),
    "unit": ("unit", "enhet"),
    "period": ("when", "när"),
    "year": ("year", "år"),
    "theme": ("theme", "tema"),
    "premise": ("premise", "vad vi trodde", "premiss", "what we thought"),
    "result": ("result", "så gick det", "resultat", "what happened"),
    "cost": ("cost", "kostnad", "vad det kostade", "what it cost"),
    "reason": ("reason", "varför", "skäl", "why"),
    "reason_kind": ("kind of reason", "slags skäl", "slag av skäl"),
    "would_change": ("what would have to change", "vad som skulle behöva ändras", "villkor", "condition"),
    "review_on": ("look again", "se igen"),
    "guardian": ("talk to", "prata med"),
    "declined": ("declined", "bortvalt"),
}
COLUMNS = {name: column for column, names in _NAMES.items() for name in names}
NEEDED = ("what", "place", "reason", "would_change")

# The kinds of reason, in the order of ``ReasonKind``.
KINDS = {
    "pengar": 1,
    "money": 1,
    "lag": 2,
    "law": 2,
    "mandat": 3,
    "mandate": 3,
    "redan prövat": 4,
    "already tried": 4,
    "annat går före": 5,
    "something else comes first": 5,
    "finns redan": 6,
    "it exists already": 6,
    "annat": 7,
    "other": 7,
}
YES = {"ja", "yes", "x", "1", "sant", "true"}
NO = {"", "nej", "no", "0", "falskt", "false"}
