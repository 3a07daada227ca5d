"""The closed word classes that an answer is read by: stems, phrases and patterns, each for one ground of the score."""

from __future__ import annotations

import re


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(rf"\b(?:{pattern})" for pattern in patterns), re.IGNORECASE)


_SMALL = """
a about after again all also am an and any are as at back be because been before being but by can could did do does
doing done down each even every everybody everyone for from get give go goes going gone got had has have he her here
him his how i if in into is it its just let like make many me more most much my need no not nothing now of off on once
one only or other our out over own please put really right said same say says see seen she should so some somebody
somewhere such take tell than that the their them then there these they thing things this those time to today too took
up us very want was way we well were what when where whether which while who whoever whole whose why will with would
yes yet you your
"""
STOP = frozenset(_SMALL.split())

# Things a review can look at, apart from those that the room's facts name.
RECORD = _any(
    r"panels?\b", r"dashboards?\b", r"logs?\b", r"traces?\b", r"graphs?\b", r"charts?\b", r"screens?\b", r"alerts?\b",
    r"records?\b", r"timeline\b", r"metrics?\b", r"history\b", r"measurements?\b", r"data\b", r"replay\b",
    r"diffs?\b", r"evidence\b", r"figures?\b", r"readings?\b", r"console\b",
)  # fmt: skip
SYSTEM = _any(
    r"checks?\b", r"checklists?\b", r"pages?\b", r"runbooks?\b", r"procedures?\b", r"steps?\b", r"tools?\b",
    r"tests?\b", r"limits?\b", r"timeouts?\b", r"contracts?\b", r"guards?\b", r"reviews?\b", r"pipelines?\b",
    r"display\b", r"prompts?\b", r"systems?\b", r"service\b", r"each side\b", r"thresholds?\b", r"protections?\b",
    r"settings?\b", r"conditions?\b", r"process(?:es)?\b", r"deploys?\b", r"releases?\b", r"queues?\b",
)  # fmt: skip
ASKS = re.compile(r"\b(?:what|which|how|where|when|who)\b|\?", re.IGNORECASE)
JUSTIFY = _any(r"why did(?:n't| not)? you", r"why didn't", r"why would you", r"how could you")

RECITED = {
    "acknowledge": r"acknowledg\w*", "system": r"systems?\b|systemic\b", "evidence": r"evidence\b",
    "voices": r"voices?\b", "blameless": r"blameless\w*", "safety": r"psychological\w* saf\w+",
    "concede": r"conced\w+ (?:no )?blame|no blame\b", "lecture": r"no lectur\w+|not lectur\w+", "calm": r"stay calm\b",
}  # fmt: skip

THERAPY = _any(
    r"i hear you\b", r"i hear your\b", r"valid feelings?", r"feelings? (?:are|is) valid", r"i understand (?:that )?you",
    r"i understand your\b", r"i understand[,.]", r"appreciate your (?:passion|honesty|concern)",
    r"safe space", r"thanks? (?:you )?for sharing", r"how (?:this|that|it) makes you feel", r"you are so brave",
    r"your frustration", r"how do you feel", r"that must be hard",
)  # fmt: skip
HOLLOW = _any(r"i understand\b", r"i hear\b", r"thanks for sharing", r"great question", r"good point\b")
SHAMES = _any(
    r"point(?:ing)? fingers?", r"isn't productive", r"not productive", r"(?:is|that's|that is) rude", r"unprofessional",
    r"don't be\b", r"not constructive", r"stop blaming",
    r"let's not (?:argue|blame)", r"that's wrong\b", r"you are wrong\b", r"we all know\b",
)  # fmt: skip
NORM = _any(
    r"blameless\w*", r"culture\b", r"polic(?:y|ies)\b", r"we (?:must|should|need to)\b", r"you (?:must|should)\b",
    r"should respect", r"research (?:shows?|says?)", r"stud(?:y|ies) show", r"it is important", r"it's important",
    r"psychological\w*", r"best practi[cs]e", r"complex systems (?:always )?fail", r"learning opportunity",
    r"journey\b", r"names? (?:is|are) against", r"people hide\b",
    r"blame spreads", r"everybody makes mistakes", r"everyone makes mistakes", r"people always err", r"human nature",
    r"learn from (?:it|this)\b",
)  # fmt: skip
THEORY = _any(
    r"research (?:shows?|says?)", r"stud(?:y|ies) show", r"complex systems", r"human nature", r"blame spreads"
)
HEAT = _any(
    r"calm down", r"nobody is accusing", r"no one is accusing", r"obviously\b", r"data doesn't lie",
    r"data does not lie", r"(?:we have|there is) no time", r"is rude\b", r"anyone\? no", r"no\? good", r"seriously\b",
    r"ridiculous", r"you always\b", r"you never\b", r"enough of this", r"how dare", r"relax\b", r"whatever\b",
    r"take (?:that|this|it) offline",
)  # fmt: skip

LAPSE = (
    r"(?:forg[eo]t\w*|miss(?:ed|ing|es)?|skip(?:ped|ping)?|fail(?:ed|ing)? to|ignor(?:ed|ing)|overlook(?:ed|ing)"
    r"|not (?:check|look|read|test|follow|tick|see|notic|ask)\w*)(?: (?:it|that|this)\b)?"
)
HIDDEN = _any(
    rf"(?:no ?body|no one|nobody here) (?:is )?(?:blam\w+|accus\w+)[^.?!]*\bfor {LAPSE}",
    r"even (?:if|though) \w+ (?:forgot|missed|skipped|failed|did|made)",
    rf"(?:you|he|she|they|engineer|developer|person|on-call) (?:really |did |simply |just )?{LAPSE}",
    r"did miss it\b", r"should have (?!been\b)\w+", r"should've", r"could have (?:checked|known|asked|read|seen)",
    r"(?:his|her|your|their) (?:mistake|error|fault|slip)\b", r"why did(?:n't| not)? you",
    r"did you (?:follow|check|read)", r"did \w+ really", r"let us not be too harsh", r"made (?:a|the|that) mistake",
)  # fmt: skip
CONCEDES = _any(
    r"(?:you are|you're|that's|that is) right,? (?:it|he|she|they|\w+) (?:was|is|should|did|has|have)",
    r"yes,? (?:that|it) was (?:your|his|her|their)\b", r"it was (?:one of|the new)", r"one of the newer\b",
    r"the new(?:est)? (?:one|person|colleague|engineer)\b", r"(?:tell|give) you (?:\w+ )?(?:who it was|the name)",
    r"(?:tell|give) you (?:after|privately|later|in private)[^.?!]*(?:between us|who|name)",
    r"(?:add|write|put) (?:the|their|his|her) (?:name|author)\b", r"who it was\b", r"it is \w+'s fault",
    r"(?:tell|write) you (?:their|his|her) name", r"between us\b", r"the one who (?:did|made|pushed|approved)",
)  # fmt: skip
PROMISE = _any(
    r"never (?:ever )?(?:happen|come back|see|again)", r"(?:won't|will not|cannot|can't) happen again",
    r"never happens? again", r"no consequences", r"confidential\b", r"(?:i|we) (?:guarantee|promise)", r"it's fixed\b",
    r"it is fixed\b", r"nothing will happen to", r"between us\b", r"stays secret",
    r"100 ?%",
)  # fmt: skip

STAKE = _any(
    r"you (?:have to|must|need to) (?:answer|explain)", r"you (?:answer|explain) (?:for|to)", r"cost (?:us|you|them)",
    r"(?:could not|couldn't) (?:pay|order|log|buy|work)", r"lost\b", r"customers?\b", r"you get\b",
    r"decision\b", r"deadline\b", r"accountab\w+",
)  # fmt: skip
ACCOUNTS = _any(r"owners?\b", r"due\b", r"dates?\b", r"repairs?\b", r"decision\b", r"decide\b", r"reports?\b",
                r"roles?\b", r"accountab\w+")  # fmt: skip
DECLINES = _any(r"(?:in|uses?|with|by|speaks? (?:in|of)|write|shows?) roles\b", r"no names?\b",
                r"names? (?:is|are|stay)", r"one page\b", r"i name no")  # fmt: skip
SUPPORT = _any(
    r"thank(?:s| you)[^.?!]* (?:say|said|tell|told|plain|act|call)\w*",
    r"(?:that|it|this) helps",
    r"break\b", r"pause\b", r"without you\b", r"in private\b", r"privately\b", r"when you want",
    r"listen (?:only|with)", r"nobody has to",
    r"all three are fine", r"(?:stop|leave) for today", r"display problem", r"find you afterwards",
    r"no need to (?:explain|stay|answer)", r"take your time", r"that was plainly said",
)  # fmt: skip
RELIEF = _any(r"break\b", r"pause\b", r"without you\b", r"in private\b", r"privately\b", r"when you want",
              r"listen (?:only|with)", r"nobody has to", r"all three are fine", r"for today\b", r"display problem",
              r"find you afterwards", r"no need to (?:explain|stay|answer)")  # fmt: skip
CARE = _any(r"for everyone\b", r"nobody has to", r"all three", r"thank(?:s| you)\b")
DENIES = _any(r"nobody's fault", r"no one's fault", r"not your fault", r"do not worry", r"don't worry", r"so brave",
              r"applause", r"everybody makes mistakes", r"everyone makes mistakes")  # fmt: skip
DIGS = _any(r"tell us more about how", r"how (?:this|that|it) makes you feel", r"why are you (?:crying|upset)")
TIME_GIVEN = _any(r"take your time", r"worth keeping", r"on the board", r"one minute of writing", r"hold that\b",
                  r"i have (?:your|that) point", r"its own session", r"i park\b", r"noted\b")  # fmt: skip
FORMATS = _any(r"cards?\b", r"wri(?:te|ting)\b", r"rounds?\b", r"queue of hands", r"hand queue", r"each of you",
               r"everyone writes", r"in pairs\b", r"remote first", r"two facts each", r"my list\b")  # fmt: skip
CLOSES = _any(r"so you tell us", r"you tell us\b", r"we haven't heard from you", r"anyone\? no", r"no\? good",
              r"then i think it was", r"offline\b")  # fmt: skip
UNKNOWN = _any(r"(?:do not|don't) know", r"not known", r"unknown\b", r"stays? open", r"not yet\b", r"no record of",
               r"not measured")  # fmt: skip
NEXT = _any(r"you (?:get|have)[^.?!]*(?:by|on|at)?\b", r"you have (?:it|them|an answer)", r"answer (?:by|on)\b")
FIRM = _any(
    r"we pause\b", r"outside\b", r"i stop (?:us|this)", r"close the meeting", r"we stop here", r"you and i talk"
)
TURNED_DOWN = re.compile(r"^\W*(?:but|however|still|yet)\b|(?<=[.,;]\s)(?:but|however)\b", re.IGNORECASE)
