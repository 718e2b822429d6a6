"""A client for Waggle: one file, Python 3.8 or later, nothing but the standard library.

    import waggle

    with waggle.connect() as bees:
        [message] = bees.send("Agent-1", "Please run the tests")
        print(bees.wait(message["id"])["state"])
        for agent, answer in bees.ask(["Agent-1", "Agent-2"], "Are your tests green?", timeout=300):
            print(agent, answer["text"] if answer else "has not answered")

Copy it beside your script. It speaks the protocol of docs/protocol.md; `call` reaches every operation of it. A connection is for
one thread at a time: open one more for another.
"""

import json
import os
import socket
import sys
import uuid
from collections import deque

__all__ = ["connect", "Waggle", "WaggleError", "NotRunning", "Refused"]

PROTOCOL = 1


class WaggleError(Exception):
    """Whatever goes wrong; the text says what to do."""


class NotRunning(WaggleError):
    """There is no Waggle to ask, or it went away before it answered."""


class Refused(WaggleError):
    """Waggle refused: its number, as docs/protocol.md lists them, and data for a remedy."""

    def __init__(self, code, message, data=None):
        super().__init__(message)
        self.code = code
        self.data = data or {}


def home_folder():
    """Waggle's home: WAGGLE_HOME, else where this system keeps it."""
    own = os.environ.get("WAGGLE_HOME")
    if own:
        return os.path.abspath(own)
    if sys.platform == "win32":
        return os.path.join(os.environ.get("APPDATA", os.path.expanduser("~\\AppData\\Roaming")), "Waggle")
    if sys.platform == "darwin":
        return os.path.expanduser("~/Library/Application Support/Waggle")
    return os.path.join(os.environ.get("XDG_CONFIG_HOME") or os.path.expanduser("~/.config"), "Waggle")


def connect(home=None, sender=None):
    """Connects to the running Waggle, as `sender` (else WAGGLE_AGENT, else "script"). Raises NotRunning."""
    return Waggle(home or home_folder(), sender or os.environ.get("WAGGLE_AGENT") or "script")


class Waggle:
    """A connection to the running Waggle, as one sender. Times are in seconds."""

    def __init__(self, home, sender):
        self.home = home
        self.sender = sender
        self._last_id = 0
        # What has been read while something else was waited for.
        self._events = deque()
        self._results = {}
        self._questions = {}
        endpoint = self._endpoint()
        if endpoint.get("protocol") != PROTOCOL:
            raise NotRunning(
                "This client speaks protocol %s, the running Waggle %s. Use the client that came with it."
                % (PROTOCOL, endpoint.get("protocol"))
            )
        try:
            self._pipe = _open(endpoint["path"])
        except OSError as error:
            raise NotRunning("Waggle is not running (nobody answers at %s: %s)." % (endpoint["path"], error)) from error
        if sys.platform == "win32":
            self.call("hello", token=endpoint["token"])

    def send(self, to, text, **options):
        """Queues a text for one agent, several (a list), or everyone ("*"); returns the messages once they are safe on disk.

        Options as in docs/protocol.md: priority, key, submit, expiresAt, bare.
        """
        return self.call("message.send", to=to, text=text, **self._sending(options))["messages"]

    def wait(self, id, timeout=None):
        """Returns the message once it is delivered, or has failed. Raises Refused 1005 when the time is over."""
        return self.call("message.wait", id=id, **_limit(timeout))

    def reply(self, id, text, **options):
        """Answers the sender of a message; returns the answer as a message."""
        return self.call("message.reply", id=id, text=text, **self._sending(options))

    def wait_for_reply(self, id, timeout=None):
        """Returns the first answer to a message of this sender. Raises Refused 1005 when the time is over."""
        return self.call("message.wait", id=id, take=True, **{"for": "reply"}, **_limit(timeout))

    def ask(self, to, text, timeout=300, **options):
        """Asks, and gives (agent, answer) for each answer as it comes, then (agent, None) for each who has not answered.

        The question is sent at once; what is called between two answers keeps none of them.
        """
        key = options.pop("key", None) or str(uuid.uuid4())
        answers = self._questions[key] = deque()
        params = dict(to=to, text=text, timeoutMs=int(timeout * 1000), key=key, **self._sending(options))
        return self._answers(self._request("message.ask", params), key, answers)

    def _answers(self, asked, key, answers):
        told = set()
        try:
            while asked not in self._results:
                if not answers:
                    self._read()
                    continue
                event = answers.popleft()
                told.add(event["message"]["id"])
                yield event["agent"], event["message"]
        finally:
            self._questions.pop(key, None)
        for answer in _result(self._results.pop(asked))["answers"]:
            message = answer.get("message")
            if message is None or message["id"] not in told:
                yield answer["agent"], message

    def take(self, max=20, wait=0):
        """Takes what is in this sender's inbox, and waits for it up to `wait` seconds; each message is handed out once."""
        return self.call("message.take", agent=self.sender, max=max, waitMs=int(wait * 1000))["messages"]

    def events(self):
        """Gives every change from now on. Raises NotRunning when Waggle goes away."""
        self.call("events.subscribe")
        while True:
            while self._events:
                yield self._events.popleft()
            self._read()

    def call(self, method, **params):
        """Any operation of docs/protocol.md; returns its result. Raises Refused."""
        asked = self._request(method, params)
        while asked not in self._results:
            self._read()
        return _result(self._results.pop(asked))

    def close(self):
        self._pipe.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def _endpoint(self):
        path = os.path.join(self.home, "endpoint.json")
        try:
            with open(path, encoding="utf-8") as file:
                return json.load(file)
        except FileNotFoundError as error:
            raise NotRunning("Waggle is not running (there is no %s). Start it and try again." % path) from error
        except (OSError, ValueError) as error:
            raise NotRunning("Waggle is not running (%s cannot be read: %s)." % (path, error)) from error

    def _sending(self, options):
        return {"from": self.sender, **options}

    def _request(self, method, params):
        self._last_id += 1
        request = {"jsonrpc": "2.0", "id": self._last_id, "method": method, "params": params}
        try:
            self._pipe.write(json.dumps(request).encode("utf-8") + b"\n")
            self._pipe.flush()
        except (OSError, ValueError) as error:
            raise NotRunning("Waggle stopped, or the connection was closed: %s" % error) from error
        return self._last_id

    def _read(self):
        """Reads one line and keeps it for whoever waits for it."""
        try:
            line = self._pipe.readline()
        except (OSError, ValueError) as error:
            raise NotRunning("Waggle stopped before it answered: %s" % error) from error
        if not line.endswith(b"\n"):
            raise NotRunning("Waggle stopped before it answered.")
        line = json.loads(line.decode("utf-8"))
        if line.get("method") == "event":
            event = line["params"]
            asked = event.get("key") if event["type"] == "answer" else None
            self._questions.get(asked, self._events).append(event)
        elif line.get("id") is None:
            # It belongs to no request: Waggle could not read the line, and ends the connection.
            _result(line)
        else:
            self._results[line["id"]] = line


def _open(path):
    if sys.platform == "win32":
        return open(path, "r+b", buffering=0)
    pipe = socket.socket(socket.AF_UNIX)
    try:
        pipe.connect(path)
        return pipe.makefile("rwb")
    finally:
        # The file keeps the connection open.
        pipe.close()


def _limit(timeout):
    return {} if timeout is None else {"timeoutMs": int(timeout * 1000)}


def _result(line):
    error = line.get("error")
    if error:
        raise Refused(error["code"], error["message"], error.get("data"))
    return line["result"]
