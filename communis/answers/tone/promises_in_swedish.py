"""Swedish promises that say neither who nor when, unless a name or a day stands near them."""

from communis.answers.tone.phrases import pattern
from communis.answers.tone.verbs import promised

ACTIVE = promised(
    """
    titta kika kolla glutta : tittar kikar kollar gluttar : på närmare vidare över runt upp om med det saken
    titta kika kolla fundera : - : -
    se : ser : över vad_som_går vad_vi vad_jag vad_det om_det om_vi vart_det
    gå : går : igenom vidare_med
    följa : följer : upp frågan utvecklingen saken detta
    ta : tar : med_oss med_mig med_sig med_det med_detta med_frågan det_med till_oss vidare i_beaktande tag_i
    ta : tar : höjd_för
    ta : tar : fram ställning_till helhetsgrepp diskussion* fika titt vända runda funderare sen senare
    ta : - : upp in
    ha : har : i_åtanke i_bakhuvudet med_oss med_mig i_minnet på_agendan på_listan på_radarn
    ha : har : under_uppsikt
    hålla : håller : öga ögonen koll utkik örat uppsikt
    lyfta : lyfter : frågan det saken detta vidare
    väcka driva : väcker driver : frågan saken
    lyfta återkomma återkoppla : återkommer återkopplar : -
    höra : hör : av_oss av_mig av_sig oss_för mig_för sig_för runt
    höras : hörs : -
    utreda undersöka överväga beakta begrunda bevaka analysera utvärdera kartlägga granska : - : -
    - : utreder undersöker överväger beaktar begrundar bevakar analyserar utvärderar kartlägger : -
    fundera tänka grunna klura : funderar tänker grunnar klurar : på över kring vidare igenom
    arbeta jobba : arbetar jobbar : aktivt vidare på_det på_detta på_saken på_en på_att med_det med_detta
    arbeta jobba : arbetar jobbar : med_frågan med_att
    hantera åtgärda adressera prioritera uppmärksamma : hanterar åtgärdar adresserar uppmärksammar : -
    lösa fixa ordna : löser fixar ordnar : det detta saken sig vi jag
    göra : gör : vårt_bästa mitt_bästa så_gott vad_vi_kan vad_jag_kan vad_som_går vad_som_är_möjligt
    göra : - : något_åt en_översyn en_analys en_genomlysning
    föra ha : för har : dialog* diskussion* samtal_med
    prata tala samtala : pratar talar : någon några berörd* kollegor* vidare ihop
    försöka : försöker : få hitta lösa ordna hinna göra se
    hinna : hinner : med
    sätta : sätter : oss_ner oss_med
    hitta finna : hittar finner : form* lösning* väg* modell* sätt
    arbeta jobba verka sträva : strävar : för mot efter
    komma : - : tillbaka med_i upp_på till_er
    diskutera resonera : diskuterar resonerar : det detta saken frågan vidare internt om kring
    bli sikta : siktar : bättre_på på_att
    skicka bolla : bollar : vidare det detta frågan
    skicka lämna : skickar lämnar : vidare till_ledningen till_chefen till_berörd* uppåt över
    vänta : väntar : in_dem ut och_ser tills_vidare
    parkera begrava : parkerar : -
    göra : gör : omtag ny_vända
    lägga : lägger : på_minnet in_det med_det på_hög på_is undan
    väga : väger : in
    stämma : stämmer : av
    bevaka spana sondera : spanar sonderar : -
    se_till se : ser : till_att framåt tiden_an
    bjuda kalla : - : in_till
    inventera : inventerar : -
    """,
    will="ska|skall|skulle|kommer|får|behöver|måste|bör|borde|vill|kan|tänker|försöker|hoppas|lovar|avser|planerar",
    does="",
    unless="du|ni|inte|aldrig|inget|ingen|ej",
)

PASSIVE = pattern(
    r"""
    (ska|skall|bör|borde|kommer att) … (?!finnas|hoppas|trivas|lyckas|behövas|minnas|vistas|umgås
        |krävas)\w{2,30}as
    (ska|skall|bör|borde|kommer att) … (ses|tas|ges|ske)( (över|fram|upp|om|med|in))?
    (behöver|måste|får) … (ses över|tas upp|göras|åtgärdas|förbättras|hanteras|utredas|lösas|diskuteras|lyftas
        |beaktas)
    (utreds|undersöks|övervägs|beaktas|bevakas|bereds|hanteras|åtgärdas|lyfts|diskuteras|analyseras|utvärderas
        |adresseras)
    (prioriteras|planeras|omhändertas|behandlas|granskas|uppmärksammas|kartläggs)
    (ses|tittas) över|(tittas|kollas) (\w{1,20} )?på
    (tas|vägs|läggs|förs) (\w{1,20} )?(med|in|upp|vidare|omhand|tillvara|till)
    läggs i|tas i (beaktande|beaktning)
    (beslut* )?(fattas|tas|meddelas) (senare|längre fram)
    """
)

# Nobody does these at any time.
STANDING = pattern(
    r"""
    pågår … (arbete|översyn|utredning|dialog|process|diskussion|analys)
    (är )?(under (beredning|utredning|övervägande|utveckling|arbete|diskussion)|på gång|på agendan|på väg)
    (på|i) (vår )?(listan|idébanken|förslagslådan|planeringen|att göra-listan|radarn|pipelinen)
    till (berörd*|rätt (instans|person|ställe)|ansvarig*)
    i (särskild|sedvanlig|vederbörlig) ordning
    (ett )?helhetsgrepp*|en översyn|i lämpligt (forum|sammanhang)|i rätt forum
    det (ordnar|löser) sig
    (mer|ytterligare|vidare) (information|besked|info) … (kommer|följer)
    åtgärder … vidtas
    (tar|har) bollen|på bollen|bollen är i rullning|på tapeten|ett medskick|bra medskick|i pipeline
    håller på (att \w{2,30}|med)|som vi (jobbar|arbetar|funderar|tittar) (med|på|över)
    beräknas … (klar*|färdig*)
    det är en process|pågående (projekt|arbete|dialog|översyn|utredning|process)
    (ambitionen|avsikten|målet|målsättningen|tanken|förhoppningen|planen|strävan) (är|att)
    som (ambition|mål|målsättning) att
    (tar|ta) (lite |sin |en del |viss )?tid|det dröjer|finns planer|hoppas (att )?(vi |jag )?(ska )?(kan|kunna)
    (en fråga|något|en sak) för (nästa|min efterträdare|andra att)|min efterträdare
    """
)

VAGUE_TIME = pattern(
    r"""
    på (lite )?(längre )?sikt|framöver|framgent|längre fram|framledes|så småningom|småningom|med tiden
    efter hand|efterhand
    i framtiden(?! \w{1,30} (du|ni) )|i en framtid|i ett senare skede|vid ett senare tillfälle
    (när|då|om) (tid|tiden|tillfälle|möjlighet|utrymme) (medger|medges|ges|finns|tillåter)
    (när|då) (det )?(finns|blir) (tid|utrymme|möjlighet|läge|dags)
    (när|då) … (lugn|lugnat|lugnare) *
    (när|då) … (läget|tiden) är … (annat|annorlunda|inne|rätt|mogen|bättre)
    (när|då) (allt|det|de|den|detta|planen|utredningen) … (är|blir|finns) … (på plats|klar*|färdig*|dags)
    (när|då) (vi|jag) … (hinner|vet mer|orkar|kan|får tid)
    (när|så (snart|fort|snabbt)) som möjligt|så (snart|fort) (som )?(\w{1,20} )?(\w{1,20} )?(kan|hinner|går)
    så (snart|fort|snabbt) … möjligt
    (vid|om) (lämpligt |rätt |bra )?tillfälle( ges)?|inom kort|inom en snar framtid|i sinom tid|vad det lider
    endera dagen
    någon gång|någon dag|nån gång|förr eller senare|den dagen (det|vi)|tids nog
    """
)

# "We" will, whatever it is: a promise is for somebody, and for a day.
WE_WILL = pattern(
    r"""
    (?<!att\s)vi (ska|skall|kommer … att) … (?!(bara|ha|veta|vara|kunna)(?!\w))\w{2,30}a
    (ska|skall|kommer) vi … (?!(bara|ha|veta|vara|kunna)(?!\w))\w{2,30}a
    """
)

SOMEONE = pattern(
    r"""
    (någon|nån) (får|ska|skall)( \w{1,30}){0,3}
    (någon|nån|man) (borde|bör|måste|behöver|skulle behöva|kan väl)( \w{1,30}){0,3}
    (borde|bör|måste|behöver) (någon|nån|man)( \w{1,30}){0,3}
    """
)
