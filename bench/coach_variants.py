"""Says a training text in other ways that mean the same: as captions, with fillers, with other people's names.

What people are called must not change what is read, nor how a captioning program writes it down.
"""

import random
import re
from dataclasses import replace

from blame_items import Item
from secondstory.blameless.words import words

FILLERS = ("um", "uh", "like", "you know", "i mean", "so", "well", "okay", "right", "yeah", "and", "sort of", "look")
LEADS = ("so", "okay so", "yeah", "well", "and", "right", "i mean", "look", "um", "honestly", "no but", "hm")
# First names of many origins, any of which may stand for any other.
_NAMES = """
    Aisha Amara Ana Anders Andrei Anil Anna Arjun Ayumi Bao Beatriz Ben Bilal Bjorn Carlos Carmen Chen Chidi Chloe
    Claire Dan Dana Daniel Dave David Deepa Dimitri Dmitri Elena Emeka Emma Eric Esra Fatima Femi Finn Gabriel Giulia
    Grace Hamza Hana Hannah Hassan Helen Henrik Hiroshi Ibrahim Imani Ines Ingrid Ivan Jack James Jamal Jan Jia Joao
    Joe John Jorge Jose Julia Kai Karim Kate Katya Kenji Kofi Kwame Lars Laura Leila Lena Leo Li Linda Liam Lucia Luis
    Lukas Magda Mai Marco Maria Marcus Mark Marta Matt Mehmet Mei Mia Miguel Mike Mina Mohammed Nadia Nia Nick Nikhil
    Noor Nora Obi Olga Olu Omar Oscar Owen Pablo Paul Pedro Peter Petra Pierre Piotr Priya Rachel Rahul Raj Ravi
    Rosa Ruth Sam Sanjay Sara Sarah Sean Sergei Siobhan Sofia Sven Tara Tariq Thabo Thandiwe Theo Tom Tomasz Tunde
    Vera Victor Vikram Wei Wanjiku Xin Yara Yuki Yusuf Zainab Zoe
"""
NAMES = tuple(_NAMES.split())
NAMED = re.compile(r"\b(" + "|".join(NAMES) + r")\b")


def vary(item: Item, others: list[Item], chance: random.Random) -> Item:
    """The item said in another way, with the same labels; now and then beside something calm of the same channel."""
    text = item.utterance.text
    if chance.random() < 0.5:
        text = renamed(text, chance)
    if chance.random() < 0.2:
        calm = chance.choice(others)
        if (
            calm.utterance.channel is item.utterance.channel
            and len(text.split()) + len(calm.utterance.text.split()) < 45
        ):
            text = f"{calm.utterance.text} {text}" if chance.random() < 0.5 else f"{text} {calm.utterance.text}"
    if chance.random() < 0.35:
        text = captioned(text, chance)
    return replace(item, utterance=replace(item.utterance, text=text))


def renamed(text: str, chance: random.Random) -> str:
    """Each known first name in the text becomes another, the same one the same."""
    others: dict[str, str] = {}
    return NAMED.sub(lambda met: others.setdefault(met.group(), chance.choice(NAMES)), text)


def captioned(text: str, chance: random.Random) -> str:
    """Small letters without punctuation, with what people say while they think."""
    said = re.findall(r"[\w$%/.@'-]*[\w%]", text.lower().replace("’", "'")) or words(text.lower())
    if chance.random() < 0.4:
        said.insert(0, chance.choice(LEADS))
    while chance.random() < 0.35:
        said.insert(chance.randrange(len(said) + 1), chance.choice(FILLERS))
    return " ".join(said)
