"""Blame that somebody else said, and that is only told of."""

from secondstory.blameless.phrases import Phrase, finder
from secondstory.blameless.rule import BlameRule

_WHO = r"(?:customers?|tickets?|users?|comments?|manager|boss|tenants?|reporters?|press|people|somebody|someone|form)"
_SAID = r"(?:said|says|wrote|writes|asked|asks|called|calls|posted|claims|opened|labell?ed)"
_BLAME = r"(?:fault|blame|broke|amateurs|clowns|idiots|asleep|error|incompeten\w+|careless\w*|fire[ds]?)"

EXTENSION = BlameRule(
    name="tells_of_blame",
    says="Tells of blame that others said.",
    find=finder(
        None,
        Phrase(rf"\b{_WHO} (?:\w+ ){{0,3}}{_SAID} [^.?!]{{0,60}}\b{_BLAME}\b", 0, 0.6),
        Phrase(rf"^\W?\s?['\">][^'\"]{{0,60}}\b{_BLAME}\b[^'\"]{{0,40}}['\"]", 0, 0.6),
    ),
    meets=(
        "A customer wrote that we are amateurs.",
        "my manager asked whose fault it was and I told him how we work",
        "'You broke it' was the first post we have on record.",
    ),
    leaves=("You are an amateur.", "Whose fault was it?", "The client wrote to port 8080."),
)
