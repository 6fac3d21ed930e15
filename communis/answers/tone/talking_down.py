"""Words that look down on an idea or on asking: sarcasm, "as everyone knows", "it goes without saying" (R18)."""

from collections.abc import Iterator

from communis.answers.tone.blurs import Kind
from communis.answers.tone.phrases import pattern

_TALKING_DOWN = {
    "sv": pattern(
        r"""
        som (alla|var och en|varje människa|vi alla|du|ni|bekant|du (mycket )?väl|du själv) (\w{1,20} ){0,2}(vet
            |känner till|förstår|begriper|bör veta|borde veta)(?! (i|på|efter|sedan|från)(?!\w))
        som (jag|vi) (redan|tidigare|har|ju|flera gånger|nu) … (sagt|skrivit|förklarat|svarat|påpekat)
        (det )?(förstår|fattar|begriper|ser|inser|vet) (ju |väl )?(vem som helst|alla|var och en|varje människa
            |ett barn|minsta barn)
        vem som helst (förstår|ser|kan|vet|fattar|inser|begriper)|(hade|kan|ser|skulle) (till och med )?ett barn
        (det )?säger sig självt|det är väl (självklart|uppenbart|inte så svårt)|sunt förnuft
        så svårt (är|kan) det
        uppenbarligen (har|är|vet|förstår|saknar) (du|ni)|(du|ni) (har|är) uppenbarligen
        (ännu|än|åter) en gång (från|till|med|samma|du|det)|^(ännu|än|åter) en gång
        (nu igen|det här igen|samma sak igen|som vanligt)|för (femtielfte|hundrade|sjuttielfte) gången
        grattis till (en|ett|den|din)
        (vilken|vilket) (fantastisk*|genial*|lysande|strålande|överraskning|briljant|snille*|nyhet)
        jaha|jasså|jojo|jo tack|pyttsan|lycka till med det|tack för den (insikten|upplysningen)
        vem (ska|skall) (då )?betala( det)?|pengar växer
        (med|i) all respekt|ärligt talat,? du|ursäkta mig
        (rent ut sagt|rena|rent|fullkomligt|helt|bara) (löjlig*|dum*|nonsens|trams|struntprat|vansinn*|absurd*
            |befäng*|idiot*|snurrig*|orimlig*|skrattretande)
        (löjlig*|naiv*|idioti*|nonsens|trams*|struntprat|skitsnack|befängd*|absurd*|skrattretande|patetisk*
            |pinsam*|dumhet*|larvig*|korkad*|barnslig*)
        tack för (lektionen|föreläsningen|undervisningen|påpekandet)|behövdes (verkligen )?inte
        hur svårt kan det|för sista gången|kors i taket
        (dina|era|hennes|hans) (experiment|påhitt|infall|griller|käpphästar)
        """
    ),
    "en": pattern(
        r"""
        as (everyone|everybody|anyone|anybody|we all|you) (\w{1,20} )?(knows?|understands?|sees|realises?)
        as (i|we)(?:'ve| have)? (\w{1,20} )?(already |previously |repeatedly )?(told|said|explained|written
            |pointed out|answered)
        (anyone|anybody|everyone|everybody|a child|any fool) (\w{1,20} )?(can|could|would|knows|sees|understands)
        (it |that )?goes without saying|common sense|it's not rocket science|not that hard to
        (obviously|evidently|apparently|clearly),? you
        (yet|once) again|here we go again|for the (umpteenth|hundredth|last) time|not this again
        what a (brilliant|great|fantastic|wonderful|clever|genius|surprise|lovely)( idea)?
        (oh|well),? (great|brilliant|wonderful|lovely|fantastic)|how (clever|original|brilliant)
        (and )?who (is|'s) (going to|supposed to|gonna) pay( for (it|that|this))?|money (doesn't|does not) grow
        money grew on trees|good luck with that
        (with|in) all due respect|with the greatest respect|with all respect,? you
        (ridiculous|naive|nonsense|absurd|laughable|pathetic|silly|stupid|idiotic|childish|rubbish|ludicrous
            |embarrassing|half-baked|foolish|clueless|dumb)
        thanks for the (lecture|lesson|tip)|did not need (it|that|this)|how hard can it|for your information
        as usual(?! (we|it|the) (open|meet|meets|start))|that's rich
        your (experiments|whims|antics|pet project*|little idea*|stunts)
        """
    ),
}


def talking_down(sentence: str, language: str) -> Iterator[tuple[int, int, Kind]]:
    """What in a sentence looks down on what was asked."""
    for match in _TALKING_DOWN[language].finditer(sentence):
        yield *match.span(), Kind.TALKING_DOWN
