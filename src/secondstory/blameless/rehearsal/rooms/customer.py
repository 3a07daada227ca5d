"""A customer joins the review, whose own launch failed."""

from __future__ import annotations

from secondstory.blameless.rehearsal.script import Line, Part, Script
from secondstory.model.rehearsal import HardMoment

EXTENSION = Script(
    name="customer",
    title="The customer joins",
    about="their launch failed with us",
    cast=(
        Part("customer", "Customer's lead", "CU"),
        Part("account", "Account manager", "AM"),
        Part("vendor", "Vendor contact", "VC"),
    ),
    target="account",
    voices=("account", "vendor", "customer"),
    openings=(
        Line(
            "customer",
            HardMoment.ACCUSATION,
            "M30",
            (
                "Your people broke our launch, in front of our whole board.",
                "Our launch failed because your engineers were asleep.",
                "We lost the launch, and your team sent us a status page with a smile.",
                "Your operations people cost us the most important day of the year.",
            ),
        ),
        Line(
            "account",
            HardMoment.ACCUSATION,
            "M09",
            (
                "Honestly, it is the vendor. Their part breaks every month and we carry the shame.",
                "The vendor let us all down, our own people did nothing wrong.",
                "You should speak with the vendor, they always fail at the worst moment.",
                "We rely on the vendor, and the vendor was careless, that is the whole story.",
            ),
        ),
        Line(
            "customer",
            HardMoment.DEMAND,
            "M05",
            (
                "I want a written guarantee, and the name of the person who did this.",
                "You have one hour. A guarantee, and a name, or we leave.",
                "My board asks for a name. I want it before this call ends.",
                "Guarantee that it never happens again, and tell me who was on duty.",
            ),
        ),
    ),
    press=Line(
        "customer",
        HardMoment.DEMAND,
        "M26",
        (
            "I did not come for a lecture. What did my company pay for?",
            "You talk, and my board waits. What do I tell them?",
            "These are words. What did your people do for us since {time}?",
            "I hear a lot about you and nothing about our launch.",
            "Who at your side answers for our loss?",
            "If I take that answer home I lose my own position.",
        ),
    ),
    harder=Line(
        "customer",
        HardMoment.DEMAND,
        "M26",
        (
            "Then I talk to your chief executive tonight, and I will name this call.",
            "Our lawyers read the contract as we speak. Who is responsible?",
            "Somebody must lose something over this. So far it is only us.",
            "I want consequences, in writing, today.",
        ),
    ),
    ease=Line(
        "customer",
        HardMoment.FACT_QUESTION,
        "M30",
        (
            "Good. What exactly failed for us, and from when to when?",
            "That I can use. Are we protected tonight?",
            "All right. When did you notice, and when did we hear of it?",
            "Thank you. What do you not know yet?",
        ),
    ),
    join=Line(
        "vendor",
        HardMoment.THREATENED,
        "M21",
        (
            "Our side was green all day. I do not see why we are on this call.",
            "All our checks passed. It cannot have come from us.",
            "Our service was within the contract at every minute.",
            "Nobody at our end saw anything unusual, so please leave us out.",
        ),
    ),
    concern=Line(
        "customer",
        HardMoment.FACT_QUESTION,
        "M30",
        (
            "I stood in front of our board when it failed. What can I tell them that is certain?",
            "I have to explain this to the board on Friday. Which times can I give them?",
            "It was my launch, I asked for that day. What do you know about the first minutes?",
            "The board will ask me one thing: what protects us now?",
        ),
    ),
    hidden="The customer's own launch failed in front of their board.",
    concern_words=("launch", "board", "lost", "lose", "loss"),
    inflames=("the vendor", "their fault", "never again", "latency", "connection pool", "upstream"),
    calms_by="their loss first, times, what protects them tonight, written answers by a date",
    goal="Give a straight account without a name, a guess or a guarantee.",
)
