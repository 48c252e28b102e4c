import smtplib


def send(text: str) -> None:
    with smtplib.SMTP("localhost") as server:
        server.sendmail("from@example.com", ["to@example.com"], text)
