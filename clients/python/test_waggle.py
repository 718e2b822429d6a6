"""Tests of waggle.py against a running Waggle: WAGGLE_HOME says which. They set up two agents without windows.

    WAGGLE_HOME=… python3 -m unittest discover -s clients/python
"""

import os
import subprocess
import sys
import tempfile
import threading
import unittest
import uuid

import waggle

ONE, TWO = "Python-1", "Python-2"


def answering(name, count, say):
    """An agent in a thread of its own: answers so many messages, each with what `say` makes of its text."""

    def run():
        with waggle.connect(sender=name) as bees:
            for _ in range(count):
                [message] = bees.take(max=1, wait=30)
                bees.reply(message["id"], say(message["text"]))

    thread = threading.Thread(target=run)
    thread.start()
    return thread


class WaggleTest(unittest.TestCase):
    def setUp(self):
        self.bees = waggle.connect(sender="python")
        for name in (ONE, TWO):
            self.bees.call("agent.set", name=name, way="inbox")
            with waggle.connect(sender=name) as agent:
                agent.take()

    def tearDown(self):
        self.bees.close()

    def test_a_message_is_sent_taken_and_known_to_be(self):
        text = "héllo 🐝\nsecond line"
        [message] = self.bees.send(ONE, text, priority="urgent")
        self.assertEqual((message["state"], message["inbox"]), ("queued", True))
        with waggle.connect(sender=ONE) as one:
            self.assertEqual([taken["text"] for taken in one.take()], [text])
            self.assertEqual(one.take(), [])
        self.assertEqual(self.bees.wait(message["id"], timeout=10)["proof"], "taken")

    def test_an_answer_comes_back_to_whoever_waits_for_it(self):
        agent = answering(ONE, 1, lambda text: text + "? yes")
        [message] = self.bees.send(ONE, "green")
        self.assertEqual(self.bees.wait_for_reply(message["id"], timeout=30)["text"], "green? yes")
        agent.join()

    def test_a_question_gives_each_answer_then_who_has_not_answered(self):
        agent = answering(ONE, 1, str.upper)
        answers = dict(self.bees.ask([ONE, TWO], "ready?", timeout=2))
        agent.join()
        self.assertEqual(answers[ONE]["text"], "READY?")
        self.assertIsNone(answers[TWO])

    def test_what_is_done_between_two_answers_loses_none(self):
        told = threading.Event()

        def two():
            with waggle.connect(sender=TWO) as bees:
                [question] = bees.take(max=1, wait=30)
                told.wait(30)
                bees.reply(question["id"], "late")
                bees.take(max=1, wait=30)

        threads = [answering(ONE, 1, str.upper), threading.Thread(target=two)]
        threads[1].start()
        answers = []
        for agent, answer in self.bees.ask([ONE, TWO], "ready?", timeout=30):
            answers.append((agent, answer["text"]))
            if agent == ONE:
                [message] = self.bees.send(TWO, "go on")
                told.set()
                # Taken after the answer: that, and the end of the question, are read while this waits.
                self.bees.wait(message["id"], timeout=30)
        self.assertEqual(answers, [(ONE, "READY?"), (TWO, "late")])
        for thread in threads:
            thread.join()

    def test_events_tell_what_happens(self):
        events = self.bees.events()
        self.assertEqual(next(events)["type"], "queue")
        with waggle.connect() as other:
            [sent] = other.send(ONE, "watched")
        for event in events:
            if event["type"] == "message" and event["message"]["id"] == sent["id"]:
                break
        self.assertEqual(event["message"]["text"], "watched")

    def test_a_refusal_carries_its_number_a_sentence_and_data(self):
        with self.assertRaises(waggle.Refused) as caught:
            self.bees.send("Pyhton-1", "x")
        self.assertEqual((caught.exception.code, caught.exception.data["closest"]), (1001, ONE))
        with self.assertRaises(waggle.Refused) as caught:
            self.bees.wait(self.bees.send(ONE, "later")[0]["id"], timeout=0.01)
        self.assertEqual(caught.exception.code, 1005)
        self.assertEqual(self.bees.call("hello")["name"], "Waggle")

    def test_the_same_key_sends_nothing_twice(self):
        key = str(uuid.uuid4())
        ids = {self.bees.send(ONE, "once", key=key)[0]["id"] for _ in range(3)}
        self.assertEqual(len(ids), 1)

    def test_without_waggle_it_says_so(self):
        with tempfile.TemporaryDirectory() as home, self.assertRaises(waggle.NotRunning) as caught:
            waggle.connect(home=home)
        self.assertIn("Waggle is not running", str(caught.exception))

    def test_the_sender_is_the_agent_in_whose_shell_it_runs(self):
        script = "import waggle; print(waggle.connect().send('%s', 'x')[0]['from'])" % ONE
        env = {**os.environ, "WAGGLE_AGENT": TWO}
        folder = os.path.dirname(os.path.abspath(waggle.__file__))
        ran = subprocess.run([sys.executable, "-c", script], env=env, cwd=folder, capture_output=True, text=True)
        self.assertEqual(ran.stdout.strip(), TWO, ran.stderr)


if __name__ == "__main__":
    unittest.main()
