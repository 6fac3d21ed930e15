"""Names that are also words, and the words around a name that tell which it is. Kept as lists: they are data."""


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


# Such a name alone alarms only where nothing but a name can stand (names_found.py).
ALSO_WORDS = _words("""
    alm ask august berg bergman björk björn blad blom bo bonde borg bäck dag dahl dal dale ek falk fors frid
    frisk glad glans gran grip gull gun hall hammar hans hav hed hell holm hård iris jan jo juni järn kaj klar
    klara klint kraft krona kvist lan lilja lind liv lo lova lugn lund lång löv maj malm mark mars max mild mo
    modig my nord norr ny ohm ord palm per pia pil pol prim prins präst rask ris ros rosa rot rut saga sand sig
    siv sjö skarp skog sköld sol sommar stark sten stig storm strand ström stål sund svan svea svärd tapper tor
    torp trygg tuva törn ulv vall ved vera vide vik vilja vinter viola våg wall wind åker ås
    april art baker bell best bill black brook brooks brown burn case chance chase church clay cook cross dawn
    dean drew earnest faith fern field fields fisher ford forest fox frank gene grace grant green grey guy hazel
    heather hill holly hope hunt hunter ivy jack joy june king lane lily long love mason may miles miller moon
    north old page pat penny poole porter price ray reed rich rob rose ruby rush sage sandy sky small smith
    stone street sue summer sunny victor ward warren waters wells west white will wise wood woods young
    """)

# Of these, words that are no more than grammar: one sure occurrence says nothing about the others.
GRAMMAR = _words("hans per jan my will may mark maj dag april june art bill sig ny bo")

# Words that are also places: "i Lund" is no person.
PLACES = _words(
    "lund berg vik strand dal hed borg torp fors mo sund skog holm malm nord norr west north sjö ås falk"
)
BEFORE_PLACES = _words("i till från vid mot ur kring mellan in from to at near on between")
AFTER_PLACES = _words("universitet kommun stad stads centrum station university city")

# Words that only look like a short name in the genitive.
NO_GENITIVES = _words("this los mys guns mars its thus bus")

# Things that bear names: "avdelning Björn", "systemet Vera".
NAMED_THINGS = _words("""
    avdelning avdelningen förskolan skolan gruppen grupp salen rummet rum huset hus kvarteret gården villa projektet
    systemet system tjänsten linje spår skeppet båten stugan orkanen stormen firman bolaget restaurangen caféet
    department unit house room project system group school preschool ward company ship storm
    """)

# What people do and things do not. Not "has", "is", "can": an oak can as well.
DOINGS = _words("""
    sa säger sade tycker tyckte menar menade skrev skriver ringde ringer frågade frågar svarade svarar berättade
    berättar föreslog föreslår lovade lovar hjälpte hjälper sköter skötte jobbar jobbade arbetar arbetade tror trodde
    vill ville brukar brukade undrar undrade mejlade mejlar chattade tackade tackar bad ber bestämde bestämmer visste
    vet minns mindes ledde undervisar kokade lagade målade ritade byggde sökte visade förklarade påpekade
    says said thinks thought asked asks wrote writes told tells suggested suggests wants wanted promised promises
    helped helps believes believed called explained decided decides teaches works worked remembers knows knew drew
    """)
SPOKEN_TO = _words("kan vill du har tack skulle could can would you thanks please")

# Before or after a month or a day, not a person.
CALENDAR = _words("""
    january february march april may june july august september october november december monday tuesday wednesday
    thursday friday saturday sunday
    """)
BEFORE_MONTHS = _words(
    "i in by of since until from to this next last early late mid before after during every den"
)

TITLES = _words("""
    rektor herr fru fröken doktor professor chef chefen direktör kommundirektör kommundirektören ordförande ordföranden
    syster läraren kollegan hej hejsan tack hälsa fråga ring mejla enligt tillsammans både mvh hälsningar med och
    mr mrs ms miss dr doctor sir head manager chair hi hello dear thanks ask call tell according both with and
    """)

# A common first name before a surname makes another person of it.
FIRST_NAMES = _words("""
    anna maria margareta elisabeth eva kristina birgitta karin elisabet marie ingrid christina linnea sofia kerstin
    lena marianne helena emma johanna linn inger sara cecilia astrid selma ulla anita louise ida malin hanna jenny
    susanne monica irene gunilla camilla barbro julia elin alice agnes maja ebba saga ella lars erik karl anders johan
    per nils carl mikael jan lennart hans olof peter gunnar bengt sven fredrik bo daniel gustav alexander göran åke
    magnus andreas stefan john mats leif thomas henrik ulf christer håkan kjell rolf jens
    thomas oskar axel emil hugo lucas noah
    ali mohammed ahmed hassan fatima amina mary john james david michael william robert elizabeth patricia jennifer
    linda susan sarah emma olivia george paul peter kevin brian edward jane kate tom
    """)

# Small words inside a name that are no part to look for.
PARTICLES = _words("von af av de der den van la le el al bin ibn di da do dos ter ten")

# A full stop after these does not end a sentence.
SHORTENED = _words(
    "ex bl ca kl dr nr resp dvs inkl exkl tel ang ev mr mrs ms prof st fd fr jfr obs vs approx"
)
