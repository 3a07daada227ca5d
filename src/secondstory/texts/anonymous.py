"""What we say of cards without a sender."""

TEXTS = {
    "empty": "The card has no words.",
    "empty_next": "Write what the meeting should look at, then send it.",
    "too_long": "A card has at most {most} characters.",
    "too_long_next": "Say the one thing that matters most; a second card can hold the next.",
    "full": "There are {most} cards already, and no sender is kept who could be asked to wait.",
    "full_next": "Tell the facilitator yourself, or write again once some cards were dealt with.",
    "no_card": "There is no card {card!r}.",
    "no_card_next": "See the cards: secondstory meeting card INCIDENT.",
    "kept": "The card is kept without your name and without a time. Only who leads the meeting reads it.",
    "dropped": "The card is gone.",
    "list": "Anonymous cards, in no order",
}
