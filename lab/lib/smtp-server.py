"""The server of lab/smtp: STATE holds its certificate and password, and gets its Maildir and up.json."""

import asyncio
import json
import os
import socket
import ssl
import sys

from aiosmtpd.handlers import Mailbox
from aiosmtpd.smtp import SMTP, AuthResult

USER = "haven"


class Accepting(Mailbox):
    """Puts into the Maildir what is for somebody."""

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("nobody@"):
            return "550 5.1.1 There is nobody of this name"
        if address.startswith("later@"):
            return "451 4.3.0 Try again later"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"


def listening():
    """One port on the address that the certificate names and on one that it does not."""
    while True:
        named = socket.create_server(("127.0.0.1", 0))
        try:
            return [named, socket.create_server(("127.0.0.2", named.getsockname()[1]))]
        except OSError:
            named.close()


async def serve(state):
    with open(os.path.join(state, "password"), encoding="ascii") as file:
        password = file.read().strip()
    maildir = os.path.join(state, "mail")
    handler = Accepting(maildir)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(os.path.join(state, "server.pem"), os.path.join(state, "server.key"))

    def authenticate(server, session, envelope, mechanism, login):
        known = login.login == USER.encode() and login.password == password.encode()
        return AuthResult(success=known, handled=False)

    def secured(**more):
        return SMTP(handler, hostname="localhost", enable_SMTPUTF8=True, authenticator=authenticate,
                    auth_required=True, **more)

    loop = asyncio.get_running_loop()
    kinds = {
        "startTls": (lambda: secured(tls_context=context, require_starttls=True), None),
        # That the connection is protected already is not seen here.
        "tls": (lambda: secured(auth_require_tls=False), context),
        "plain": (lambda: SMTP(handler, hostname="localhost", enable_SMTPUTF8=True), None),
    }
    where = {"host": "localhost", "user": USER, "password": password,
             "ca": os.path.join(state, "ca.pem"), "maildir": maildir}
    servers = []
    for name, (protocol, tls) in kinds.items():
        sockets = listening()
        where[name] = sockets[0].getsockname()[1]
        servers += [await loop.create_server(protocol, sock=one, ssl=tls) for one in sockets]
    unfinished = os.path.join(state, "up.json.new")
    with open(unfinished, "w", encoding="ascii") as file:
        json.dump(where, file)
        file.write("\n")
    os.rename(unfinished, os.path.join(state, "up.json"))
    await asyncio.gather(*(server.serve_forever() for server in servers))


asyncio.run(serve(sys.argv[1]))
