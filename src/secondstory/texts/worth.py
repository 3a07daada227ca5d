"""What is said to who gives, lists or takes back the value of a unit."""

TEXTS = {
    "no_amount": "{amount} is no value for one {unit}.",
    "next_money": "Write a number or a range and a currency of three letters, such as `2.50 EUR` or `2..4 EUR`.",
    "next_bare": "Write a number or a range without a currency, such as `0.5` or `0.2..1`.",
    "no_why": "A value needs a reason.",
    "no_why_next": "Say where it comes from, so that whoever reads the amount can judge it.",
    "none": "Incident {incident} has no value for one {unit}.",
    "none_next": "List the values that hold: `secondstory worth INCIDENT`.",
    "withdrawn": "taken back",
    "caption": "Values that people gave",
    "column_unit": "for one",
    "column_value": "value",
    "column_by": "given by",
    "column_at": "at",
    "column_why": "why",
    "next_analyse": "Next: secondstory analyse {incident}",
    "nothing": "Nobody said what anything is worth, so no amount is shown.",
}
