"""What people in Åvinge say, in Swedish as people write and in an English made by hand (CC0)."""

from typing import NamedTuple


class Words(NamedTuple):
    """The texts of the small demonstration in one language."""

    question: str
    scope: str
    answer_on_monday: str
    answer_with_objection: str
    answer_changed_mind: str
    letter: str
    letter_doubt: str
    letter_doubt_answer: str
    letter_morning: str
    letter_morning_answer: str
    letter_wrong: str
    letter_corrected: str
    circle: str
    circle_answer: str
    circle_variant: str
    post: str
    draft: str
    fragment: str
    executive: str
    food_waste: str
    food_waste_purpose: str
    care_home: str
    authority: str


SWEDISH = Words(
    question=(
        "Hur blir vi mer nyskapande i vardagen?\n\nJag tänker inte på stora projekt, utan på det du skulle ändra"
        " på måndag om du fick."
    ),
    scope="Ni påverkar vad vi provar och hur. Budgetramen för i år ligger fast.",
    answer_on_monday="Jag skulle sluta skriva samma sak i tre system. Vi gör det varje kväll.",
    answer_with_objection="Räkna på det först. Tre system kan vara billigare än ett nytt.",
    answer_changed_mind="Amina har en poäng. Jag räknade bara på oss med skrivbord.",
    letter=(
        "Jag tänkte först skriva det här öppet, men jag vet inte om det är en bra idé.\n\nTänk om vi en förmiddag i"
        " månaden satt hos någon annan: jag i hemtjänsten, någon därifrån hos mig. Jag tror att hälften av våra"
        " långa ärenden beror på att vi aldrig har sett varandras dag."
    ),
    letter_doubt="inte om det är en bra idé",
    letter_doubt_answer="Det vet man sällan innan. Jag är glad att du skrev.",
    letter_morning="en förmiddag i månaden",
    letter_morning_answer="Vem täcker upp för den som går? Det är där jag tvekar.",
    letter_wrong="Där håller jag med: vi behöver inte vikarier de förmiddagarna.",
    letter_corrected="Där håller jag med: vi behöver vikarier de förmiddagarna.",
    circle="Halva portionen först, och säg högt att man får ta om.",
    circle_answer="Två serveringar tar tolv minuter till. Det är en halv tjänst på ett år.",
    circle_variant="Hos oss är det tvärtom: de orkar inte be om mer. Små fat på bordet i stället.",
    post=(
        "I våras fick jag ett brev i stället för en kommentar. Den som skrev har sagt ja till att jag berättar om"
        " det, utan namn.\n\nBrevet handlade om att se varandras dag. Vi provar i vår."
    ),
    draft=(
        "Jag vet inte hur jag ska säga nej till schemaförslaget utan att de slutar komma med förslag. Kanske börja"
        " med varför."
    ),
    fragment="Hjulen på tvättvagnen väcker dem i korridor B. Vi lyfter den förbi dörrarna.",
    executive="kommundirektör",
    food_waste="Matsvinnsgruppen",
    food_waste_purpose="Mindre mat i soporna, i skolan och på Lindgården.",
    care_home="Lindgården",
    authority="vård- och omsorgsnämnden",
)

ENGLISH = Words(
    question=(
        "How do we get more creative in everyday work?\n\nI am not thinking of big projects, but of what you would"
        " change on Monday if you could."
    ),
    scope="You influence what we try and how. This year's budget stands.",
    answer_on_monday="I would stop writing the same thing in three systems. We do it every night.",
    answer_with_objection="Do the sums first. Three systems may be cheaper than a new one.",
    answer_changed_mind="Amina has a point. I only counted those of us with a desk.",
    letter=(
        "At first I meant to write this openly, but I do not know if it is a good idea.\n\nWhat if we spent one"
        " morning a month at someone else's work: I with home care, someone from there with me. I think half of our"
        " long cases come from never having seen each other's day."
    ),
    letter_doubt="not know if it is a good idea",
    letter_doubt_answer="One seldom knows beforehand. I am glad you wrote.",
    letter_morning="one morning a month",
    letter_morning_answer="Who covers for the one who goes? That is where I hesitate.",
    letter_wrong="I agree there: we do not need stand-ins those mornings.",
    letter_corrected="I agree there: we need stand-ins those mornings.",
    circle="Half a portion first, and say out loud that you may have more.",
    circle_answer="Serving twice takes twelve minutes more. That is half a job in a year.",
    circle_variant="With us it is the other way round: they cannot bring themselves to ask. Small dishes on the table.",
    post=(
        "Last spring I got a letter instead of a comment. The one who wrote has said yes to my telling of it, without"
        " a name.\n\nThe letter was about seeing each other's day. We try it this spring."
    ),
    draft=(
        "I do not know how to say no to the rota they proposed without their ceasing to propose things. Perhaps begin"
        " with why."
    ),
    fragment="The wheels of the laundry trolley wake them in corridor B. We lift it past the doors.",
    executive="chief executive",
    food_waste="The food waste group",
    food_waste_purpose="Less food thrown away, at school and at Lindgården.",
    care_home="Lindgården",
    authority="the care committee",
)
