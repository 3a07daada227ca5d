"""Tells whether a text is English, so that the coach can switch itself off where it is not.

Function words are closed classes: an English text of some length holds several, one in another language holds those of
its own. Misleads on lists of names or code; short texts therefore pass unless something speaks against them.
"""

from __future__ import annotations

from secondstory.blameless.words import plain, words

_ENGLISH_WORDS = """
    the of and to a in is it that was for on with as at by this be are have has had not from or an but what we you
    they he she i my your our their his her its me us them who why how when where which if so do did does done can could
    should would will just there then than been were about up out all no yes some any one someone somebody
"""
# Words that are frequent in a neighbouring language and none, or rare, in English.
_OTHER_WORDS = """
    der die das und ist nicht ein eine einen dem den des mit auf fur für von zu sich wir ihr sie hat haben wurde
    warum wer hatte hätte auch noch aber wie bei nach le la les un une des et est dans que qui pas pour sur avec nous
    vous ils elle au aux du ce cette pourquoi mais el los las una del por para con como pero quien qué quién
    porque más lo su al se fue il di che non per una sono gli della nel perché chi het een niet van wij zijn maar met
    det och att som inte för är på av vi ikke til og jeg hvem hvorfor o os uma não com quem foi você
"""
_ENGLISH = frozenset(_ENGLISH_WORDS.split())
_OTHERS = frozenset(_OTHER_WORDS.split()) - _ENGLISH
_ENOUGH_WORDS = 4  # below, one borrowed word could decide


def is_english(text: str) -> bool:
    """False where the text is mostly in another script, or its function words are of another language."""
    letters = [character for character in text if character.isalpha()]
    latin = sum(character < "\u0250" for character in letters)
    if letters and latin < 0.7 * len(letters):
        return False
    found = words(plain(text))
    if len(found) < _ENOUGH_WORDS:
        return True
    english = sum(word in _ENGLISH or "'" in word for word in found)
    others = sum(word in _OTHERS for word in found)
    return others <= english or others < 2
