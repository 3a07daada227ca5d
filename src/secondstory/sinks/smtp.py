"""Letters to a mail server: one connection a letter, its Message-ID the same at every attempt."""

from __future__ import annotations

import email.policy
import smtplib
import ssl
from email.errors import MessageError
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr

from secondstory.model.errors import BadInput, Unavailable
from secondstory.model.mail import Sending, message_id
from secondstory.ports import MailServer, PostExtension
from secondstory.texts import say

_TIMEOUT_S = 30.0
_PLAIN = email.policy.SMTP.clone(cte_type="7bit")  # so that any server can carry it
_FOR_GOOD = range(500, 600)


class SmtpPost:
    """`ports.Post` over SMTP."""

    def __init__(self, server: MailServer) -> None:
        self._server = server

    def send(self, sending: Sending, address: str) -> None:
        """Hand a letter over. What the server answers is told without the address, which is sealed."""
        try:
            message = written(sending, self._server.sender, address)
        except (MessageError, ValueError) as error:
            told = say("mail.unwritable", fault=_hidden(str(error), address))
            raise BadInput(told, say("mail.address_next")) from None  # the error itself may hold the address
        try:
            with self._connected() as client:
                client.send_message(message)
        except smtplib.SMTPRecipientsRefused as error:
            code, answer = next(iter(error.recipients.values()))
            raise self._refusal(code, answer, address) from None  # the error itself holds the address
        except smtplib.SMTPResponseException as error:
            raise self._refusal(error.smtp_code, error.smtp_error, address) from None
        except (OSError, smtplib.SMTPException) as error:
            told = say("mail.no_server", server=self._server.place, fault=_hidden(str(error), address))
            raise Unavailable(told, say("mail.no_server_next")) from None

    def _connected(self) -> smtplib.SMTP:
        server = self._server
        context = ssl.create_default_context()
        if server.tls == "tls":
            client: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=_TIMEOUT_S, context=context)
        else:
            client = smtplib.SMTP(server.host, server.port, timeout=_TIMEOUT_S)
        try:
            if server.tls == "starttls":
                client.starttls(context=context)
            if server.user:
                client.login(server.user, server.password)
        except BaseException:
            client.close()
            raise
        return client

    def _refusal(self, code: int, answer: bytes | str, address: str) -> BadInput | Unavailable:
        words = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
        told = say("mail.refused", server=self._server.place, code=code, answer=_hidden(words, address))
        return (BadInput if code in _FOR_GOOD else Unavailable)(told, say("mail.refused_next"))


def written(sending: Sending, sender: str, address: str) -> EmailMessage:
    """The letter as a message; the same bytes at every attempt but for what the library draws for its boundaries."""
    letter = sending.letter
    domain = parseaddr(sender)[1].rpartition("@")[2] or "localhost"
    message = EmailMessage(_PLAIN)
    message["From"] = sender
    message["To"] = address
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(sending.posted.queued_at)
    message["Message-ID"] = message_id(letter.key, domain)
    message["Auto-Submitted"] = "auto-generated"  # so that holiday replies do not come back
    message.set_content(letter.text)
    if letter.html:
        message.add_alternative(letter.html, subtype="html")
    for file in letter.attachments:
        kind, _, sub = (given := _typed(file.media_type)).get_content_type().partition("/")
        # What stands behind the type counts: a calendar takes an entry out only where it says method=CANCEL.
        params = dict(given.get_params(failobj=[])[1:])
        message.add_attachment(file.data, maintype=kind, subtype=sub, filename=file.name, params=params)
    return message


def _typed(media_type: str) -> EmailMessage:
    """The media type, read: what it is, and its parameters."""
    holder = EmailMessage()
    holder["Content-Type"] = media_type
    return holder


def _hidden(text: str, address: str) -> str:
    """What is told of a fault, without the address that it may quote."""
    return " ".join(text.replace(address, "…").split())


EXTENSION = PostExtension(name="smtp", summary="Letters to a mail server, by SMTP over TLS", open=SmtpPost)
