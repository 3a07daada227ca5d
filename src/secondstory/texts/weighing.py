"""What we say when somebody adds to the matrix of hypotheses and it cannot be taken."""

TEXTS = {
    "again": "The same hypothesis about {service} stands already.",
    "again_next": "Say what differs (mechanism, indicator, callee or part), or vote for the one that stands.",
    "no_reason": "A cell was marked without a reason.",
    "no_reason_next": "Say why, for whoever reads this later.",
    "no_cell": "The matrix has no cell {subject!r}.",
    "no_cell_next": "Read the matrix again: rows change when the incident is analysed anew.",
    "no_verdict": "A hypothesis is accepted or rejected, not {verdict!r}.",
    "no_verdict_next": "Give accepted or rejected.",
    "no_vote": "A vote is for or against, not {vote!r}.",
    "no_vote_next": "Give for, against, or nothing to take a vote back.",
    "no_decision": "No decision {decision!r} on a hypothesis or a cell holds now.",
    "no_decision_next": "Read the matrix again: it may have been taken back already.",
    "no_hypothesis": "There is no hypothesis {hypothesis!r}.",
    "no_hypothesis_next": "Read the matrix again: hypotheses change when the incident is analysed anew.",
    "not_on_record": "Nothing of {service} is on record, so most of what it predicts cannot be told. "
    "On record: {known}.",
    "no_proposal": "The hypothesis cannot be put forward: {fault}.",
    "no_proposal_next": "Name the service, and say in a sentence what happened there.",
}
