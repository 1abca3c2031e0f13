"""People as locust plays them; run by `bench.load`, in a process of its own.

Each signs in, reads, sits a timed quiz of fifteen questions, hands in, looks at her
result and at her certificates, thinks for a while before each request, and is gone.
Between the rest she opens the bare view, to compare with. Reads what to do as JSON from
standard input and prints what came of it as JSON.
"""

import json
import re
import sys
import time
from typing import Any

import gevent
from locust import FastHttpUser, events, task
from locust.env import Environment
from locust.exception import StopUser

COURSE = "/kursus/satu-data/"
_HIDDEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class Person(FastHttpUser):
    """Somebody who goes through a course's end once."""

    plan: dict[str, Any] = {}
    waiting: list[str] = []
    connection_timeout = network_timeout = 60.0

    def wait_time(self) -> float:
        """Think: twice as long at most as on the average."""
        return float(self.plan["thinks"]) * 2 * self.chance()

    def chance(self) -> float:
        """Return a share that is the same in each run for each person and step."""
        self.steps += 1
        return (self.number * 7919 + self.steps * 104729) % 1000 / 1000

    def on_start(self) -> None:
        """Take the next number."""
        self.steps, self.nip = 0, self.waiting.pop()
        self.number = len(self.waiting)

    @task
    def go_through(self) -> None:
        """The whole way."""
        self.sign_in()
        lesson = self.plan["lesson"]
        for name, path in (
            ("home", "/"),
            ("course", COURSE),
            ("lesson", lesson),
            ("bare", "/bare/"),
            ("course", COURSE),
        ):
            self.open(name, path)
        self.sit()
        self.open("certificates", "/sertifikat/")
        raise StopUser

    def open(self, name: str, path: str) -> str:
        """Open a page after having thought, and return it."""
        gevent.sleep(self.wait_time())
        with self.client.get(path, name=name, catch_response=True) as answer:
            if answer.status_code != 200 or not (answer.url or "").endswith(path):
                answer.failure(f"{answer.status_code} {answer.url}")
            return answer.text or ""

    def send(self, name: str, path: str, page: str, **said: str) -> str:
        """Send a form after having thought; return where it leads to."""
        gevent.sleep(self.wait_time())
        found = _HIDDEN.search(page)
        form = {**said, "csrfmiddlewaretoken": found[1] if found else ""}
        options: dict[str, Any] = {"allow_redirects": False, "catch_response": True}
        with self.client.post(path, form, name=name, **options) as answer:
            if answer.status_code != 302:
                answer.failure(f"{answer.status_code}: {(answer.text or '')[:80]}")
            return (answer.headers or {}).get("Location", "")

    def sign_in(self) -> None:
        """By NIP and password, as everybody does."""
        page = self.open("sign-in page", "/masuk/")
        self.send(
            "sign in", "/masuk/", page, login=self.nip, password=self.plan["password"]
        )

    def sit(self) -> None:
        """Start, open the paper, save fifteen answers, hand in, look at the result."""
        quiz = f"{COURSE}kuis/posttest/"
        page = self.open("quiz", quiz)
        root = self.send("start", f"{quiz}mulai/", page).removesuffix("1/")
        paper = self.open("paper", f"{root}1/")
        # What a person and her page know; not a request of hers.
        sheet = self.client.get(
            f"{self.plan['answers']}?{root}", name="(answers)"
        ).json()
        for number, row in enumerate(sheet["rows"], 1):
            self.save(f"{root}simpan/", row, sheet["headers"])
            if number % 5 == 0:
                self.open("bare", "/bare/")
        self.send("hand in", f"{root}kirim/", paper, anyway="1")
        self.open("result", f"{root}hasil/")

    def save(self, path: str, row: dict[str, Any], headers: dict[str, str]) -> None:
        """Say an answer as quiz.js does."""
        gevent.sleep(self.wait_time())
        with self.client.post(
            path,
            data=json.dumps([row]),
            headers={**headers, "Content-Type": "application/json"},
            name="save",
            catch_response=True,
        ) as answer:
            if answer.status_code != 200 or row["sequence"] not in answer.json().get(
                "accepted", []
            ):
                answer.failure(f"{answer.status_code} {(answer.text or '')[:80]}")


def main() -> None:
    """Play the people that standard input names, for so many seconds at most."""
    plan = json.load(sys.stdin)
    Person.plan, Person.waiting = plan, list(plan["people"])
    environment = Environment(
        user_classes=[Person], events=events, host=plan["host"], stop_timeout=5
    )
    runner = environment.create_local_runner()
    began = time.monotonic()
    count = len(plan["people"])
    runner.start(count, spawn_rate=count / plan["comes_within"])
    while runner.user_count or Person.waiting:
        gevent.sleep(0.2)
        if time.monotonic() - began > plan["at_most"]:
            break
    seconds = time.monotonic() - began
    # Before those who are not through are sent away: their requests are no errors.
    found = {"seconds": seconds, "left": runner.user_count, **_found(environment)}
    runner.quit()
    print(json.dumps(found))


def _found(environment: Any) -> dict[str, Any]:
    rows = {}
    for entry in environment.stats.entries.values():
        if entry.name.startswith("("):
            continue
        rows[entry.name] = {
            "count": entry.num_requests,
            "errors": entry.num_failures,
            "mean": entry.avg_response_time,
            **{
                f"p{share}": entry.get_response_time_percentile(share / 100)
                for share in (50, 95, 99)
            },
            "times": {str(k): v for k, v in entry.response_times.items()},
        }
    told = [f"{one.name}: {one.error}" for one in environment.stats.errors.values()]
    return {"rows": rows, "told": told[:5]}


if __name__ == "__main__":
    main()
