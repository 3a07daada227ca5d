"""Which words of an utterance name the person or the team, and whether the utterance is a question."""

from __future__ import annotations

import re

from secondstory.blameless.words import plain
from secondstory.model.utterance import Span, Utterance

_TEAM = (
    r"(?:platform|infra(?:structure)?|network(?:ing)?|security|database|dba|dev|ops|devops|sre|qa|support|data|backend"
    r"|frontend|mobile|web|release|product|engineering|operations|billing|payments?|vendor|offshore|night|storage|cloud)"
)
_GROUP = r"(?:team|group|department|guys|folks|people|crew|shift|squad|lot|engineers|developers|admins|operators)"
_ROLE = (
    r"(?:engineer|developer|operator|admin(?:istrator)?|reviewer|approver|technician|contractor|intern|author|manager"
    r"|lead|dba|on-call)"
)
# In the order in which they say most. All but the name are read in small letters.
_PLAIN = tuple(
    re.compile(form)
    for form in (
        rf"\b(?:the|our|their|your|my|that|those|you) (?:{_TEAM} )?{_GROUP}\b|\b{_TEAM} {_GROUP}\b",
        rf"\b(?:the|our|their|your|that|a|any) (?:\w+ )?{_ROLE}\b",
        r"\b(?:whoever|somebody|someone|nobody|no one|anyone|anybody)\b",
        r"\b(?:y'all|you|he|she|they|him|her|them|we)\b",
    )
)
_CAPITAL = r"[A-Z][a-zà-ÿ]{2,}"
_DOES = r"(?:did|was|is|has|had|just|should|could|didn't|never|forgot|broke|missed)"
_NAME = re.compile(rf"(?<=[a-z,;:] ){_CAPITAL}\b|@[a-z][\w.-]+|^{_CAPITAL}(?=[,:] | {_DOES}\b)")
# Capital letters without anybody behind them.
NO_NAME = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|June|July|August|September|October"
    r"|November|December|This|That|These|Those|There|What|Who|When|Where|Why|How|The|And|But|For|You|She|They|Nobody"
    r"|Someone|Somebody|Everyone|Kafka|Postgres|Redis|Kubernetes|Terraform|Vault|Envoy|Grafana|Slack|Git(?:Hub|Lab)?"
)
_ASKS = re.compile(
    r"^(?:\W*(?:so|and|but|okay|ok|right|well|then|now|sorry|um|uh|yeah|hi|just|also|one question|question)\b)*\W*"
    r"(?:what|when|where|which|who|whom|why|how|is|are|was|were|do|does|did|can|could|will|would|have|has|should|may)\b"
)
_TELLS = re.compile(
    r"\b(?:tell me|help me understand|walk me through|i(?:'d| would) like to (?:know|understand)|explain)\b"
)


def who_is_meant(utterance: Utterance) -> Span | None:
    """The words that name a person, a team or whoever was addressed; None where there are none."""
    names = (met for met in _NAME.finditer(utterance.text) if not NO_NAME.fullmatch(met.group()))
    named = next(names, None)
    if named:
        return Span(*named.span())
    text = plain(utterance.text)
    return next((Span(*met.span()) for form in _PLAIN for met in form.finditer(text)), None)


def is_question(text: str) -> bool:
    """By its mark, or by how it begins: captions have no marks."""
    small = plain(text)
    return "?" in small or bool(_ASKS.search(small)) or bool(_TELLS.search(small))
