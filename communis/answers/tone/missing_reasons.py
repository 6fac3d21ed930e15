"""Words that stand where a reason should: "for various reasons". A no is borne when its reason is said (R19, E6)."""

from collections.abc import Iterator

from communis.answers.tone.blurs import Kind
from communis.answers.tone.phrases import pattern

_MISSING = {
    "sv": pattern(
        r"""
        av (olika|flera|diverse|många|vissa|andra|förklarliga|naturliga|kända|praktiska|uppenbara|principiella
            |ekonomiska) (skäl|anledningar|orsaker)
        av \w{0,20}(resurs|tids|utrymmes|budget|kostnads)skäl
        (finns|är) (det )?(många|flera|olika|en rad|en del) (aspekter|faktorer|skäl|anledningar|hänsyn|saker
            |perspektiv)
        (efter|vid|i|gjort) en (samlad|sammantagen|helhets|total|allsidig|intern) ?bedömning
        en (helhetsbedömning|samlad bedömning)|sammantaget
        (är|det är) (lite |mycket |betydligt |mer |lite mer )?(komplicerat|komplext)( än så)?
        mer (komplicerat|komplext) än
        så är det bara|det är (bara )?som det är|så är det med den saken|det går (bara|helt enkelt) inte
        omständigheterna|rådande (läge|omständigheter|förutsättningar)|läget är som det är
        (vi har alltid|har vi alltid|vi brukar|så har vi alltid) … (gjort|göra) (så|det)( här)?
        så har (det|vi) alltid
        (har|finns) (helt )?(andra|annat) (prioriteringar|att prioritera|som är viktigare|som går före)
        prioriterar annat
        inte (riktigt |fullt |alldeles )?så (enkelt|lätt)(?! att)
        på grund av (den |det )?(rådande |nuvarande |allmänna )?(omständighet*|läget|situation*)
        passar (\w{1,20} )?inte (in|riktigt)|fel läge|inte rätt (tid|läge|tillfälle)
        """
    ),
    "en": pattern(
        r"""
        for (various|obvious|several|different|a (number|variety|host|range) of
            |many|certain|practical|operational|financial|all sorts of|good) reasons
        due to (various|several|operational|unforeseen|practical|internal) (reasons|factors|circumstances|matters)
        (there (are|is)|with) (many|several|various|a lot of|a number of|other) (factors|aspects|considerations
            |reasons|issues)
        (after|on|following|based on) (an? )?(overall|careful|thorough|internal|due|balanced) (assessment
            |consideration|review|judgement|evaluation)
        (it's|it is|that is|that's|this is|things are) (\w{1,20} )?(more )?(complicated|complex)( than that)?
        more (complicated|complex) than
        (that's|that is|it's) (just )?(how|the way) (it|things) (is|are|goes?|works?)|it is what it is
        (other|different|competing) priorities
        (not|n't) (quite |really |all )?(that|so) (simple|easy|straightforward)(?! to)
        (given|due to|because of|in light of|under) (the |our )?(present |current |general )?(situation
            |state of affairs|climate)
        circumstances|the current (climate|situation)
        (we have|we've|it has) always (done|been)( it)?( this way| like this| so)?
        (not|n't) the right (time|moment|fit)|not a good (time|fit)|(does not|doesn't) quite fit
        (resources|budget|capacity|money|time) and (so on|such|all that|the like)|resource reasons
        """
    ),
}


def missing_reasons(sentence: str, language: str) -> Iterator[tuple[int, int, Kind]]:
    """Where in a sentence a reason was left out."""
    for match in _MISSING[language].finditer(sentence):
        yield *match.span(), Kind.NO_REASON
