"""A person's name as written in many ways, to the words that make it up; and which names are no person's."""

from __future__ import annotations

import re
import unicodedata

# Words that a program's name may hold, and words that are one only by themselves: Ann Jenkins is a person.
_IN_PROGRAMS_NAMES = """
actions alertmanager argocd automation autoscaler bot buildkite cd ci circleci cron cronjob dependabot github gitlab
grafana k8s kubernetes pagerduty prometheus robot serviceaccount terraform webhook
"""
_PROGRAMS = """
ansible argo controller daemon deployer flux helm jenkins job operator pipeline renovate root rundeck runner scheduler
spinnaker system
"""
# First names and accounts that are also words of logs or of plain English.
_COMMON = """
admin alert alpha api app art august austin beat beta bill bishop brook buck bud buddy cash chance chase chip clay
cliff client cloud cole colt core crystal dale dash data database dawn db dean deploy deployment dev drew duke earl
east eve faith field first fleet flint ford forest frank gene glen grace grant guest guy harmony haven hope host hunter
iris ivy jack jade jay job joy june kit king lake lance lane last lily link local love major mark marsh mason master
max may melody merit mercy miles monitor network nick node noble norm north null oncall ops page parker pat patience
pearl penny pierce pilot pod pool price prince prod production queen query ray read red reed release rich ridge river
rob robin rock rod roman root rose royal ruby rust rusty sage sandy scout season security service sierra skip sky sonny
south spencer sre stage staging stone storm sue summer sunny support swift tab tag tanner team temple test tester tiny
trace true user victor wade walker ward warren wave web west will win winter wolf wood woods worker young zone
"""


def name_words(written: str) -> tuple[str, ...]:
    """`Maria Lopez`, `@maria.lopez`, `Lopez, Maria` and `María Lopez <maria@example.com>` are ("maria", "lopez")."""
    name = re.sub(r"<[^>]*>", " ", written).strip() or written
    local = plain_letters(name.removeprefix("@").split("@")[0])
    last, comma, first = local.partition(",")
    ordered = f"{first} {last}" if comma and first.strip() else local
    return tuple(word for word in re.split(r"[\s._,\-<>\[\]()]+", ordered) if word)


def person_key(written: str) -> str:
    """The same for every spelling of one name, in whatever order its words come."""
    return " ".join(sorted(name_words(written)))


def is_automation(written: str) -> bool:
    """True for the name of a program, such as `ci`, `deploy-bot` or `github-actions[bot]`."""
    words = name_words(written)
    return not _PROGRAM_WORDS.isdisjoint(words) or (len(words) == 1 and words[0] in _PROGRAM_ALONE)


def is_common_word(word: str) -> bool:
    """True for a first name or an account that is also a word of logs or of plain English, such as `will` or `ops`."""
    return word in _COMMON_WORDS


def plain_letters(text: str) -> str:
    """Small letters without accents; ligatures and the like as the letters they stand for."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


_PROGRAM_WORDS, _PROGRAM_ALONE = frozenset(_IN_PROGRAMS_NAMES.split()), frozenset(_PROGRAMS.split())
_COMMON_WORDS = frozenset(_COMMON.split())
