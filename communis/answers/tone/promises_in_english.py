"""English promises that say neither who nor when, unless a name or a day stands near them."""

from communis.answers.tone.phrases import pattern
from communis.answers.tone.verbs import promised

ACTIVE = promised(
    """
    look : looking : into at further over round closer
    have take : having taking : a_look a_closer_look a_think
    take : taking : on_board with_us with_me forward away further offline up under_advisement into_account
    take : taking : into_consideration
    check : checking : it_out that_out this_out out with on whether if
    check ponder : - : -
    see : seeing : what_we what_i what_can what_is_possible if whether how_it
    think reflect : thinking reflecting : about over on through
    keep bear have : keeping bearing : in_mind
    keep : keeping : an_eye track watch on_the_list under_review tabs
    get come circle : getting coming circling : back round_to around_to to_it to_this to_that
    follow : following : up the_matter this that it developments
    sort work figure iron : sorting working figuring ironing : out
    deal : dealing : with
    raise discuss consider explore examine review revisit address investigate monitor evaluate assess : - : -
    - : raising discussing considering exploring examining reviewing revisiting addressing : -
    - : investigating monitoring evaluating assessing : -
    bring escalate flag : - : it this that up
    pass forward hand : passing forwarding : on along up
    talk speak chat : talking speaking : someone somebody people about further
    sit : - : down
    do : doing : something what_we_can what_i_can our_best everything_we my_best a_better_job better
    work strive : working striving : on towards with_this hard for
    pursue chase : pursuing chasing liaising : -
    turn mull : turning mulling : over
    send : sending : it_up it_on upstairs to_management
    try aim hope : trying aiming : to
    find : - : out a_way a_format a_form a_solution time
    hear : - : from_us from_me
    report : - : back
    touch : - : base
    get : - : better_at its_turn it_sorted
    be : - : in_touch back_in_touch
    reach : reaching : out
    wait : - : -
    bring : - : about
    put : putting : a_pin on_ice on_hold on_the_list it_to
    park table shelve : parking : it this that the
    loop : looping : in
    run : running : it_past it_by this_past this_by
    give : giving : thought a_think
    feed : feeding : back in into
    fit : - : it_in this_in that_in
    """,
    will="(?:we|i|they|it|you|he|she|that|this)'ll|will|shall|should|must|need to|needs to|have to|has to|ought to"
    "|going to|want to|hope to|hopes to|plan to|intend to|aim to|try to|would like to|would love to|would have to"
    "|let me|let us|let's|can try to",
    does="is|are|am|we're|i'm|they're|currently|actively|still|also",
    unless="you|not|never|no|able",
)

_BE = r"(will|shall|should|ought to|is to|are to|(is|are) going to|it'll)"
_DONE = (
    r"\w{2,30}ed|taken|made|done|drawn up|given|seen|dealt with|put|built|brought|found|kept|held|met|set up"
    r"|sent|told|fixed"
)
PASSIVE = pattern(
    rf"""
    {_BE} … be (\w{{1,30}}ly )?({_DONE})( (at|into|up|on|over))?
    (must|needs? to|has to|have to) … be (\w{{1,30}}ly )?(looked (at|into)|addressed|reviewed|improved|considered
        |discussed|sorted|dealt with)
    (is|are) being (\w{{1,30}}ly )?({_DONE})( (at|into|up|on|over))?
    """
)

# Nobody does these at any time.
STANDING = pattern(
    r"""
    work is (under way|underway|in progress|ongoing)|(is|are) (under way|underway|ongoing)
    under (\w{1,20} )?(consideration|review|discussion|investigation)
    on (the|our|my) (agenda|list|radar|to-do list|back burner)
    in the (pipeline|works|appropriate forum)|in hand
    (to|with) the (relevant|right|appropriate) (people|person|parties|team|department|channels)
    (a|any) need for … (review|discussion|dialogue|plan)
    (have |has |has been |been )?(made|taken) a note of (it|this|that)
    (more|further) (information|details|news) … (follow|come)
    in (talks|dialogue|discussion|discussions) with
    watch this space|stay tuned|(get|got|set) the ball rolling|in the mix|on (hold|ice)
    ongoing (project|work|review|discussion|process|dialogue)
    (things|this|it|these things) … takes? (some |a little |a bit of )?time
    (every|the|our|my) (intention|ambition|aim|goal|aspiration) (of|to|is)
    (do|does|did|doing|try|trying) (our|my|their) best|(is|are) in the process of|what (we|i) can
    (my|your) successor|the next manager|(a|the) way forward|there are plans|(we|i) wait for (them|it|now)
    pursuing the matter
    (we|i) (strive|endeavour|aim|aspire|hope) to (?!see |meet |hear )\w{1,30}
    (we|i) hope (that )?(we|it|this) (can|could|will)
    sending it (up|on|upstairs|to management)
    (committed|dedicated) to (improving|working|making|finding|exploring)
    leave it with (me|us)|you(?:'ll| will) hear (back )?from (us|me)
    (measures|steps|action|actions) (will be|are being|is being) taken
    """
)

VAGUE_TIME = pattern(
    r"""
    at (some|a later) (point|stage|date|time)|some (day|time|time soon)|sometime|some other time
    in due (course|time)
    in the (\w{1,20} )?(long|longer|medium) (term|run)|long term|longer term|over time|with time|in time
    in the (near |not too distant |foreseeable )?future(?! (please|send|use|write|ask|call|contact|you)(?!\w))
    down the (line|road|track)|further (down|along|ahead)|going forward|moving forward
    one day (we|i|it|there|they)
    (when|if|as|once|where) (time|resources|circumstances|capacity|budget) (permits?|allows?)
    (when|once|as soon as) (there is|there's|we have|i have|we find|i find) … (room|time|moment|space|capacity
        |chance)
    (when|once|after) (things|it|this) … (calm*|settle*|quieten*|slow*) down
    when the time (is right|comes)
    (when|once) (everything|it|this|that|all) is (ready|in place|done|settled|finished)
    as soon as (possible|practicable|we can|i can|we are able)|when(ever)? (possible|we can|i can)
    eventually|sooner or later|soon|shortly|before long|by and by|in a while|later on
    """
)

# "We" will, whatever it is: a promise is for somebody, and for a day.
WE_WILL = pattern(
    r"""
    (?<!that\s)we(?:'ll| will| shall| are going to) (?!(not|never|no)(?!\w)|be able|better be able)(also )?\w{2,30}
    """
)

SOMEONE = pattern(
    r"""
    (someone|somebody|one) (should|ought to|must|needs to|has to|will have to)( \w{1,30}){0,3}
    """
)
