import smtplib


def send(text: str) -> None:
    server = smtplib.SMTP("localhost")
    server.sendmail("from@example.com", ["to@example.com"], text)
    server.quit()
