"""Verdicts that are hedged: a reader cannot tell whether it was a yes or a no (R23)."""

from collections.abc import Iterator

from communis.answers.tone.blurs import Kind
from communis.answers.tone.law import cites_law
from communis.answers.tone.phrases import pattern

_HEDGED = {
    "sv": pattern(
        r"""
        i princip(?! (all|alla|allt|hela|varje|samma|omöjlig*|ingen|inga|klar*|färdig*)(?!\w))|i och för sig
        i grunden (positiv*|bra|god*)
        eventuellt|möjligen|möjligtvis|måhända|i bästa fall|i någon form|någon form av|på något sätt
        kanske (kan|går|skulle|blir|är det|får|ändå)|(kan|skulle|går) (\w{1,20} )?kanske
        (inte|ej) (helt |alls )?(omöjlig*|otänkbar*|avvisande|främmande|oäv*|uteslut*|ointressant*|dumt)
        utesluter (\w{1,20} )?(inte|inget|ingenting)|(inte|inget) … (stänger|stänga) … dörr*
        stänger (inte|inga) … dörr*
        värt att (fundera|tänka|överväga|titta|diskutera|pröva)*
        på (många|flera|vissa|olika) sätt|på sätt och vis|på ett sätt|till (viss|en viss|någon) (del|mån)
        både (ja och nej|för- och nackdelar)|varken (ja eller nej|bu eller bä)
        (i den mån|i mån av|om (det är |så är )?möjligt|där så är möjligt|i möjligaste mån
            |så långt … möjligt)( … möjligt)?
        rent (generellt|allmänt|spontant)|generellt sett|överlag|i stort sett (ja|nej|positiv*)|i allmänhet
        ställer (oss|mig) … (positiv*|avvisande|tveksam*|frågande)
        (är|känner oss) (\w{1,20} )?(försiktigt|i grunden|övervägande|principiellt) positiv*
        inget (vi|som) … prioritera*|(är|har) inte (någon |en )?(hög )?prioritet
        (det )?låter (rimligt|bra|intressant|spännande|klokt|vettigt)|lite känslig*|varför inte
        torde|lär (vara|bli)|får (väl )?(betraktas|anses|ses) som
        (det )?lutar (åt|mot)|luta(r)? … (ja|nej)
        det skulle kunna (bli|gå|vara|fungera)|(kan|skulle kunna) bli aktuell*|kan man tänka sig|tänkbar*
        (är|lite|ganska) kluven|(ligger|finns) (nog |ju )?(något|nåt|en del|en poäng) i|(du|ni) har (ju |nog )?en poäng
        man kan (ju |nog |väl )?(se|tycka|resonera|tänka)
        talar (en del|mycket|både|visst) … för|(både )?för och emot|får (du )?nog räkna med|nog räkna med
        (vore|skulle vara|hade varit) (önskvärt|bra|fint|roligt|kul|trevligt|bäst|bra att|intressant)
        (ser|är) (\w{1,20} )?(positivt på|positiva till|restriktiv*)
        (hög|högt) (prioriterad*|prioritet)
        nja|njae|tja
        (är|blir|ser) (det |vi )?(nog|troligen|troligtvis|antagligen|sannolikt) (ett |till )?(ja|nej|bra|okej|av)
        (nog|troligen|troligtvis|antagligen|sannolikt) (ett )?(ja|nej)|inte nödvändigtvis|på (pappret|papperet)
        (kan|kunde|skulle kunna) vara en (idé|väg|möjlighet)
        (öppen|öppna) för … (idén|tanken|förslaget|dialog|diskussion)
        med (vissa|en del|lite) (förbehåll|reservation*)|skulle jag säga|jag skulle säga att det
        magkänsla*|hyfsat|lite av varje|det ena och det andra
        """
    ),
    "en": pattern(
        r"""
        in (principle|theory)(?! and in practice)
        potentially|conceivably|ideally (we|this|it|i)|at best|in some (form|shape|way)|some (kind|sort|form) of
        (maybe|perhaps) (we|it|this|that|some|a|one|yes|no|there|not)
        (might|may) (well |just |possibly )?(be able|be possible|work|happen|consider|or may not)
        (could|would) (\w{1,20} )?(potentially|possibly|conceivably|perhaps)
        (broadly|generally|largely|cautiously|fundamentally|in general) (supportive|positive|in favour
            |sympathetic|speaking)
        (not|n't) … (out of the question|impossible|unthinkable|against it|against this|opposed|unsympathetic)
        (not|n't|never) (\w{1,20} )?(rule|ruling) … out
        worth (considering|thinking|exploring|looking|a thought|discussing|a try)*
        in (many|some|certain|various) (ways|respects)|in a way|to (some|a certain|a degree|an) (extent|degree)
        up to a point
        yes and no|neither yes nor no
        if (at all )?(possible|feasible)|where (possible|feasible|practicable)|as far as possible
        wherever possible
        lean(ing)? (towards?|to)|on the fence
        (not|n't|hardly) (\w{1,20} )?(a |our )?(top )?priority|no doors? … closed|not clos* … doors?
        play it by ear
        not (entirely|completely|fully|totally|wholly|quite) (convinced|sure|opposed|against|averse)
        i (suppose|guess)|gut (feeling|feel|reaction)|more or less|sort of|kind of a (yes|no)
        sounds (reasonable|good|interesting|exciting|sensible|great)|a bit sensitive|why not
        (probably|likely|presumably) (a )?(yes|no|not|fine|okay|ok)|not necessarily|on paper
        with (some|certain|a few) reservations
        open to (the idea|it|this|that|ideas|discussing|exploring|considering)
        (could|might) be an (idea|option|avenue)
        (i'm|am|are|feel) (\w{1,20} )?(torn|undecided|ambivalent)|you (have|make) a (good |fair |valid )?point
        one (could|might|can) (see|say|argue|think)
        (speaks?|points?) (for|in favour of) … against|for (it )?and (others )?against
        (should|can|may|might) probably
        would be (desirable|nice|lovely|great|interesting|ideal|good to|welcome)
        (are|am|feel) (\w{1,20} )?positive (about|towards)|high(est)? priority
        some merit|pros and cons|food for thought
        """
    ),
}
# "I cannot say yet" is honest when it is said when one can; so is "not now" when it is said until when.
_UNSURE = {
    "sv": pattern(
        r"""
        (vi|det|man) får (väl )?(\w{1,20} )?(se|känna på|visa sig)|får vi (väl )?(\w{1,20} )?(se|känna på)
        får visa sig|vi får se
        det beror (på|helt)|(svårt|omöjligt) att (säga|veta|bedöma|svara på)|tveksam*|kanske[.!?]?$
        förhoppningsvis
        (kan|vågar|vill) (vi |jag )?inte lova|inga löften|inte lova (något|nånting|för mycket)|svårare att (säga|veta)
        får (\w{1,30} ){1,4}(visa|utvisa|påvisa|avgöra)|tiden får utvisa
        (i|för) (nuläget|dagsläget|närvarande)|i det här läget
        som (det|läget) (ser ut|är) (nu|just nu|i dag|idag)
        (inte|ej) aktuell*|inte … just nu
        """
    ),
    "en": pattern(
        r"""
        (we'll|we will|we shall|let's|let us) (just |wait and )?see( what happens| how it goes)?(?! (what|if|how
            |whether|about|you|each|the)(?!\w))
        hopefully (this|it|we|that|one|there)|(can't|cannot|can not) (promise|commit|guarantee)
        no (promises|guarantees)|possible that (we|it|this)|it depends|it (all|really) depends
        (hard|difficult|impossible) to (say|tell|know|judge)|remains to be seen|time will tell
        too early to (say|tell)
        not (on the cards|on the table|at present|at the moment|at this (time|point|stage)|currently|right now
            |for now)
        (currently|presently|for the time being|at present|at the moment) (no|not|unable|unlikely)*
        """
    ),
}


def hedges(sentence: str, language: str, *, dated: bool) -> Iterator[tuple[int, int, Kind]]:
    """The hedges of a sentence. ``dated``: a day stands near it."""
    if cites_law(sentence):
        return
    for found in (_HEDGED[language],) if dated else (_HEDGED[language], _UNSURE[language]):
        for match in found.finditer(sentence):
            yield *match.span(), Kind.HEDGED_VERDICT
