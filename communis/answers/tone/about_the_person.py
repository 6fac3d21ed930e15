"""Words about the one who asked and not about the idea: what she always does, is or should have known (R18, R24)."""

import re
from collections.abc import Iterator

from communis.answers.tone.blurs import Kind
from communis.answers.tone.phrases import pattern

_ABOUT_THE_PERSON = {
    "sv": pattern(
        r"""
        (det )?(borde|bör|måste|kunde) (du|ni) … (förstå*|vet*|inse*|insett|läs*|tänk*|räkna*|fatta*|känna till)
        (du|ni) (borde|måste|kunde|får) … (förstå*|vet*|inse*|insett|läs*|tänkt|räknat|fatta*|skärpa|lära)
        om (du|ni) (bara |ens |nu |faktiskt )?(hade|haft|läste|tänkte|brytt)( \w{1,30})?
        (verkar|har|kan) (du )?(\w{1,20} )?inte (ha )?(förstått|fattat|begripit|läst|insett)
        du (verkar|tycks|lär) (\w{1,20} )?(inte|sakna)
        du (förstår|fattar|begriper|ser|vet) (inte|ju inte|uppenbarligen)
        du (vet|förstår) (mycket|så|ju|alltför) väl|det vet (du|ni) (mycket|ju|så) väl
        (har|hade) (du )?(helt |alldeles )?missuppfattat( allt)?|du missuppfattar
        typiskt (dig|er)|likt dig|sådan* som (du|ni)|folk som (du|ni)|(ni|du) på golvet
        (du|ni) (överreagerar|överdriver|gnäller|klagar|tjatar|larvar|inbillar|dramatiserar|är bara)
        sluta (gnäll*|klaga*|tjata*)
        (gör|är) (du )?(dig |bara |dig bara )?(besvärlig|jobbig|omöjlig|krånglig|negativ|överkänslig|känslig
            |bakåtsträvande|lat|naiv|okunnig|dum)
        (hur|vad) (har|hade|tänkte) (du|ni) (tänkt|på|för dig)( egentligen)?
        läs på|tänk efter|tänk till|tänk om du|skärp (dig|er)|gör (din|er) läxa|ta reda på fakta
        (bara|alltid) (på|om|för) (dig|er) sj(älv|älva)|(bättre|mer) (kan du|av dig|än så av)
        inte (\w{1,20} )?(genomtänkt|smart|klokt|snällt|schysst) av (dig|er)
        (har|var|är) (du|ni) ens|besviken på (dig|er)|(din|er) (attityd|inställning|ton)|vem tror du att du
        (du|ni) är (den|de) enda
        kom (gärna )?och gör (mitt|vårt)|gör (mitt|vårt) jobb|(på|för) din nivå|lägg dig inte|håll dig till
        väx upp|lugna (ner )?dig
        (ingen annan|alla andra) … (klagar|klagat|tycker|förstår|klarar|har|vet)|vad vet du om
        inte ditt (bord|jobb) att
        lilla (vän|gubben|gumman|du)|gumman|gubben lilla|hördu|hörru*|snälla (du|rara)
        inte varit (här|med|anställd) så länge|(du|ni) är (ny|ung|för ny|för ung)
        """
    ),
    "en": pattern(
        r"""
        you (should|ought to|must|could|might) (\w{1,20} )?have (known|understood|realised|realized|seen|read
            |thought|checked|learnt|learned)
        (if|had) you (had|only|even|bothered|ever|actually)( \w{1,30})?
        you (\w{1,20} )?(don't|do not|can't|cannot|fail to|clearly don't|obviously don't) (\w{1,20} )?(understand
            |see|get it|realise|realize|grasp|know how)
        you know (perfectly|very|full|damn) well
        (you have|you've|you) (got|get|misunderstood) (it |this )?(all |completely |entirely |everything )?(wrong
            |everything|misunderstood)
        typical of you|typical(ly)? you|just like you|people like you|the likes of you|your (kind|sort|type)
        you(?:'re| are) (\w{1,20} )?(overreacting|exaggerating|whining|moaning|complaining|imagining|dramatic
            |being|naive|difficult|negative|oversensitive|ignorant|lazy|new here)( (difficult|silly|negative
            |naive|unreasonable|oversensitive|emotional))?
        (what|how) (were|are|was|could|did) you (thinking|think|even)
        do your (homework|research)|think before you|read up|get your facts|grow up|^calm down
        stop (whining|complaining|moaning)
        (only|just|nothing but) (of|about) yourself
        (not|n't) (\w{1,20} )?(clever|smart|wise|helpful|nice|fair) of you
        (expect|expected|hoped for) (better|more) (from|of) you
        (have|did|do|are) you (even|ever)|disappointed in you|your (attitude|tone)|who do you think you
        you are the only one
        (come )?(and )?do my job|at your level|mind your own
        (nobody|no one) else (complains?|has|thinks|seems|minds)
        everyone else (manages|understands|copes|knows|has)
        my dear|sweetheart|young (man|lady)|listen here
        (have not|haven't) been (here|around|with us) (\w{1,20} )?long
        """
    ),
}
_ABSOLUTE = {
    "sv": pattern(
        r"""
        (du|ni) (\w{1,30} ){0,2}(alltid|aldrig|jämt|ständigt|jämt och ständigt|bara|hela tiden)
        (alltid|aldrig|ständigt|jämt) … (du|ni) som
        """
    ),
    "en": pattern(
        r"""
        you (\w{1,30} ){0,2}(always|never|constantly|forever|keep on)|you only ever
        always you who
        """
    ),
}
# What was not given to her is about us, and what is kind does not cut.
_NOT_CUTTING = pattern(
    r"""
    (fick|får|fått|behöver|kan|har|kommer|är|ska|kunde) (alltid )?(aldrig )?(rätt|få|fått|svar|hjälp*|välkomm*
        |ringa|höra|komma|be|bara)
    (fick|får|fått) aldrig|aldrig (fick|fått|be om)|rätt|bra|viktig*|klok*|noga|noggrann*|hjälp*|tack|välkommen
    vänlig*|fin*|kul|glad*|generös*|duktig*
    når|hittar|reach|find|got|get|received|given|hear*|right|good|useful|helpful|thank*|welcome|kind|careful*|wise|great
    ask the|best
    thoughtful|patient|need to|have to
    """
)


def about_the_person(sentence: str, language: str) -> Iterator[tuple[int, int, Kind]]:
    """What in a sentence is about her who asked."""
    found: list[re.Match[str]] = list(_ABOUT_THE_PERSON[language].finditer(sentence))
    if not _NOT_CUTTING.search(sentence):
        found += _ABSOLUTE[language].finditer(sentence)
    for match in found:
        yield *match.span(), Kind.ABOUT_THE_PERSON
