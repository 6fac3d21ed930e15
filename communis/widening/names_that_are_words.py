"""Names that are also words, and the words around a name that tell which it is. Kept as lists: they are data."""

# Such a name alone alarms only where nothing but a name can stand (names_found.py).
ALSO_WORDS = frozenset(
    """
    alm alva ask august berg bergman björk björn blad blom bo bonde borg bäck dag dahl dal dale ebba ek ester falk fors
    frej frid frisk fuchs glad glans gran grip gull gun gustav hall hammar hans hav hed hell holm hård iris jan jo juni
    järn kaj kim klar klara klint kraft krona kvist lan lilja lind liv lo lova lugn lund lång löv maj malm mark mars
    max mild mo modig molin my nord norr ny ohm olga ord palm per pia pil pol prim prins präst rask ris rogn rosa ros rot
    rut rydh saga sand sara sig siv sjö skarp skog sköld sol sommar stark sten stig storm strand ström stål svan svea
    sund svärd sårad tapper thi tor tora torp trygg tuva törn ulv vall ved vera vide vik vilja vinter viola våg wall
    wind åker ås
    april art baker bell best bill black brook brooks brown burn case chance chase church clay cook cross dawn dean
    drew earnest faith fern field fields fisher ford forest fox frank gene grace grant green grey guy hazel heather hill
    holly hope hunt hunter iris ivy jack joy june king lane lily long love may miles miller moon mason north old page
    pat penny poole porter price ray reed rich rob rose ruby rush sage sandy sky small smith stone street sue summer
    sunny victor ward warren waters wells west white will wise wood woods young
    """.split()
)

# Of these, words that are no more than grammar: one sure occurrence says nothing about the others.
GRAMMAR = frozenset("hans per jan my will may mark maj dag april june art bill sig ny bo".split())

# Words that are also places: "i Lund" is no person.
PLACES = frozenset(
    "lund berg vik strand dal hed borg torp fors mo sund skog holm malm nord norr west north sjö ås falk".split()
)
BEFORE_PLACES = frozenset("i till från vid mot ur kring in from to at near on".split())

# Things that bear names: "avdelning Björn", "systemet Vera".
NAMED_THINGS = frozenset(
    """
    avdelning avdelningen förskolan skolan gruppen grupp salen rummet rum huset hus kvarteret gården villa projektet
    systemet system tjänsten linje spår skeppet båten stugan orkanen stormen firman bolaget restaurangen caféet
    department unit house room project system group school preschool ward company ship storm
    """.split()
)

# What people do and things do not. Not "has", "is", "can": an oak can as well.
DOINGS = frozenset(
    """
    sa säger sade tycker tyckte menar menade skrev skriver ringde ringer frågade frågar svarade svarar berättade
    berättar föreslog föreslår lovade lovar hjälpte hjälper sköter skötte jobbar jobbade arbetar arbetade tror trodde
    vill ville brukar brukade undrar undrade mejlade mejlar chattade tackade tackar bad ber bestämde bestämmer visste
    vet minns mindes ledde undervisar kokade lagade målade ritade byggde sökte visade förklarade påpekade
    says said thinks thought asked asks wrote writes told tells suggested suggests wants wanted promised promises
    helped helps believes believed called explained decided decides teaches works worked remembers knows knew drew
    """.split()
)
SPOKEN_TO = frozenset("kan vill du har tack skulle could can would you thanks please".split())

# Before or after a month or a day, not a person.
CALENDAR = frozenset(
    """
    january february march april may june july august september october november december monday tuesday wednesday
    thursday friday saturday sunday
    """.split()
)
BEFORE_MONTHS = frozenset(
    "i in by of since until from to this next last early late mid before after during every den".split()
)

TITLES = frozenset(
    """
    rektor herr fru fröken doktor professor chef chefen direktör kommundirektör kommundirektören ordförande ordföranden
    syster läraren kollegan hej hejsan tack hälsa fråga ring mejla enligt tillsammans både mvh hälsningar med och
    mr mrs ms miss dr doctor sir head manager chair hi hello dear thanks ask call tell according both with and
    """.split()
)

# A common first name before a surname makes another person of it.
FIRST_NAMES = frozenset(
    """
    anna maria margareta elisabeth eva kristina birgitta karin elisabet marie ingrid christina linnea sofia kerstin
    lena marianne helena emma johanna linn inger sara cecilia astrid selma ulla anita louise ida malin hanna jenny
    susanne monica irene gunilla camilla barbro julia elin alice agnes maja ebba saga ella lars erik karl anders johan
    per nils carl mikael jan lennart hans olof peter gunnar bengt sven fredrik bo daniel gustav alexander göran åke
    magnus andreas stefan john mats leif thomas henrik ulf christer håkan kjell rolf oskar axel emil hugo lucas noah
    ali mohammed ahmed hassan fatima amina mary john james david michael william robert elizabeth patricia jennifer
    linda susan sarah emma olivia george paul peter kevin brian edward jane kate tom
    """.split()
)

# Small words inside a name that are no part to look for.
PARTICLES = frozenset("von af av de der den van la le el al bin ibn di da do dos ter ten".split())

# A full stop after these does not end a sentence.
SHORTENED = frozenset(
    "ex bl a ca c kl dr nr resp dvs inkl exkl tel ang ev mr mrs ms prof st fd d fr jfr obs e i g m vs approx".split()
)
