import smtplib
from email.message import EmailMessage

from app.settings import MAIL_HOST


class Mailer:
    def send(self, recipient: str, text: str) -> None:
        message = EmailMessage()
        message["To"] = recipient
        message.set_content(text)
        with smtplib.SMTP(MAIL_HOST) as server:
            server.send_message(message)


class Notifier(Mailer):
    def announced(self, recipient: str, sender: str) -> None:
        self.send(recipient, f"{sender} has announced a parcel for you")
