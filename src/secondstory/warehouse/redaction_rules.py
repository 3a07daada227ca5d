"""What is taken out of free text before it is stored: the rules, as data, in the order they are applied.

Patterns are RE2, so their time is linear in the text. A pattern may meet JSON text, where it must neither swallow a
closing quote nor cut an escape in two; words that stay are captured and put back. No replacement is matched again by
another rule in a way that would change it, so redacting twice changes nothing.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Rule:
    """One thing to take out. `hint` is cheap and true of every text that `pattern` matches.

    A rule with `check` is slower: it is matched in Python, and a match that fails the check stays.
    """

    name: str
    hint: str
    pattern: str
    replacement: str
    check: Callable[[re.Match[str]], bool] | None = None
    plain_only: bool = False  # not for JSON text, where a quote ends the value


def is_card_number(match: re.Match[str]) -> bool:
    """True for digits with an issuer's prefix and a right check digit (ISO/IEC 7812) that are no id, time or length."""
    digits = re.sub(r"\D", "", match.group())
    if not _ISSUER.match(digits) or _NO_CARD_BEFORE.search(match.string[max(0, match.start() - 24) : match.start()]):
        return False
    doubled = (sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2])
    return (sum(doubled) + sum(int(digit) for digit in digits[::-2])) % 10 == 0


def is_basic_credential(match: re.Match[str]) -> bool:
    """True where the word after "basic" decodes to `user:password`."""
    try:
        return b":" in base64.b64decode(match.group(2), validate=True)
    except binascii.Error:
        return False


_ISSUER = re.compile(r"4(?:\d{12}|\d{15}|\d{18})$|(?:5[1-5]|2[2-7]|6[05]|35)\d{14}$|3[47]\d{13}$|3[068]\d{12}$")
_NO_CARD_BEFORE = re.compile(r"(?i)(?:id|_[nu]s|nanos?|micros?|time|stamp|duration|elapsed|bytes|offset)[\"'\s:=]*$")

_KEYS = (
    r"(?:passw(?:or)?d|passphrase|secret|api[_-]?key|apikey|(?:secret|private|access)[_-]?key|client[_-]?secret|"
    r"(?:access|refresh|auth|id|session|csrf|api)[_-]?token|credentials?|cookie)"
)
_KEYS_OR_TOKEN = rf"(?:{_KEYS}|token|authorization|pwd)"
_BARE = r"""[^\s"'\\,;&<>\[\](){}]+"""
_SECRET_HINT = r"(?i:passw(?:or)?d|passphrase|secret|key|token|credentials?|cookie|authorization|pwd)\\*[\"']?\s*[:=]"
_INNER_QUOTE = r'\\(?:\\\\)*"'  # an even number of backslashes is text, and the quote after it ends the string
_ESCAPE = r"""\\+(?:u[0-9a-fA-F]{4}|["/bfnrt])"""
_LOCAL = r"""(?:[^\s"'\\<>()\[\]{},;:@=/|`]|\\u[0-9a-fA-F]{4})"""
_LABEL = r"(?:[A-Za-z0-9\x{80}-\x{10FFFF}-]|\\u[0-9a-fA-F]{4})+"
_DOMAIN = rf"(?:{_LABEL}\.)+[A-Za-z]{{2,}}"
_KEY_LINES = r"(?:\\+[nr]|[A-Za-z0-9+/=\s:,.-])*?"

RULES: tuple[Rule, ...] = (
    Rule(
        "private key",
        r"-----BEGIN [A-Z0-9 ]*PRIVATE KEY",
        r"-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----"
        rf"(?:{_KEY_LINES}-----END [A-Z0-9 ]{{0,40}}PRIVATE KEY(?: BLOCK)?-----"
        r"|(?:(?:\s|\\+[nr])*[A-Za-z0-9+/=]{16,})*)",
        "[private key]",
    ),
    Rule("jwt", "eyJ", r"eyJ[A-Za-z0-9_-]{4,}\.[A-Za-z0-9_-]{4,}\.[A-Za-z0-9_-]*", "[jwt]"),
    Rule(
        "url credentials",
        r"://[^\s/@]*:[^\s/]*@",
        r"""(://)[^\s/@"'\\:]*:[^\s/"'\\?#,<>]*@""",
        r"\1[credentials]@",
    ),
    Rule(
        "token",
        r"(?i:authorization)",
        r"(?i)(authorization\\*[\"']?\s*[:=]\s*\\*[\"']?(?:bearer|basic|digest|token|negotiate|apikey)\s+)"
        r"[^\s\"'\\,;\[\]]{4,}",
        r"\1[token]",
    ),
    Rule(
        "token",
        r"(?i:bearer)\s",
        r"(?i)(bearer\s+)(?:[a-z._~+/=-]*[0-9][a-z0-9._~+/=-]{6,}|[a-z._~+/=-]{6,}[0-9][a-z0-9._~+/=-]*"
        r"|[a-z0-9._~+/=-]{24,})",
        r"\1[token]",
    ),
    Rule(
        "token",
        r"(?i:basic)\s+[A-Za-z0-9+/]{6}",
        r"((?i:basic)\s+)([A-Za-z0-9+/]{6,}={0,2})",
        r"\1[token]",
        check=is_basic_credential,
    ),
    # A value in quotes may hold blanks: as JSON, as JSON within JSON, as Python prints it, as an assignment.
    Rule("secret", _SECRET_HINT, rf'(?i)({_KEYS_OR_TOKEN}"\s*:\s*")(?:[^"\\]|\\.)+', r"\1[secret]"),
    Rule(
        "secret",
        _SECRET_HINT,
        rf'(?i)({_KEYS_OR_TOKEN}{_INNER_QUOTE}\s*:\s*{_INNER_QUOTE})(?:[^"\\]|\\\\(?:\\\\|\\"|[bfnrtu/]))+',
        r"\1[secret]",
    ),
    Rule("secret", _SECRET_HINT, rf"(?i)({_KEYS_OR_TOKEN}'\s*:\s*')[^'\"\\]+", r"\1[secret]"),
    Rule("secret", _SECRET_HINT, rf"(?i)({_KEYS_OR_TOKEN}\s*[:=]\s*(?:{_INNER_QUOTE}|'))[^\"'\\]+", r"\1[secret]"),
    Rule("secret", _SECRET_HINT, rf'(?i)({_KEYS_OR_TOKEN}\s*[:=]\s*")[^"\\]+', r"\1[secret]", plain_only=True),
    Rule(
        "secret",
        _SECRET_HINT,
        rf'(?i)({_KEYS_OR_TOKEN}("|{_INNER_QUOTE})\s*:\s*)-?[0-9][0-9.e+-]*',
        r"\1\2[secret]\2",
    ),
    # Bare values. "token: x" is how parsers complain, and PWD=/srv is a working directory.
    Rule("secret", _SECRET_HINT, rf"(?i)({_KEYS}\s*[:=]\s*){_BARE}", r"\1[secret]"),
    Rule("secret", _SECRET_HINT, rf"(?i)(token=){_BARE}", r"\1[secret]"),
    Rule("secret", _SECRET_HINT, r"""(?i)(pwd=)[^\s"'\\,;&<>\[\](){}/][^\s"'\\,;&<>\[\](){}]*""", r"\1[secret]"),
    Rule(
        "access key",
        r"A[KS]IA[0-9A-Z]{16}|gh[pousr]_|xox[abprs]-|AIza|sk_live_",
        r"A[KS]IA[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{20,}|xox[abprs]-[A-Za-z0-9-]{10,}|AIza[0-9A-Za-z_-]{35}"
        r"|sk_live_[0-9A-Za-z]{16,}",
        "[access key]",
    ),
    Rule(
        "email",
        r"@[^@ ]+\.",  # a mention such as "@responder-2 may know." has a blank before its full stop
        rf"((?:{_ESCAPE})+){_LOCAL}*@{_DOMAIN}|{_LOCAL}+@{_DOMAIN}",
        r"\1[email]",
    ),
    Rule(
        "card",
        r"[0-9]{13}|[0-9]{4}[ -][0-9]{4,6}[ -][0-9]",
        r"(?:(?<![\w.-])|(?<=\\[bfnrt]))"
        r"(?:\d{4}(?P<gap>[ -])\d{4}(?P=gap)\d{4}(?P=gap)\d{1,7}|\d{4}(?P<amex>[ -])\d{6}(?P=amex)\d{5}|\d{13,19})"
        r"(?!\w|[.-]\d)",
        "[card]",
        check=is_card_number,
    ),
)
