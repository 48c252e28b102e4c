"""Connections to brokers, directories and mail servers are as limited as those to databases."""
import smtplib

import ldap
import pika


def published_and_lost(parameters, body):
    connection = pika.BlockingConnection(parameters)  # >> db/leaked-connection @`pika.BlockingConnection(parameters)` "never closed"
    connection.channel().basic_publish("", "orders", body)


def looked_up_and_lost(url):
    directory = ldap.initialize(url)  # >> db/leaked-connection @`ldap.initialize(url)`
    directory.simple_bind_s("cn=reader", "secret")
    found = directory.search_s("dc=example", ldap.SCOPE_SUBTREE)
    directory.unbind()
    return found


def published(parameters, body):
    connection = pika.BlockingConnection(parameters)  # >> quiet
    try:
        connection.channel().basic_publish("", "orders", body)
    finally:
        connection.close()


def mailed(host, letter):
    with smtplib.SMTP(host) as server:  # >> quiet
        server.send_message(letter)
