"""The page in the browser: built again at a change, kept when the change is bad, and given to nobody else."""

from __future__ import annotations

import json
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from symback.preview.preview import Preview
from symback.preview.server import LOOPBACK, Server
from symback.preview.watch import fingerprint, serving
from symback.spec.problems import Problem, SpecError


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "spec.yaml"
    path.write_text("first")
    return path


def build(file: Path) -> str:
    """Return a page that says what stands in the file, unless that is bad."""
    text = file.read_text()
    if text.startswith("bad"):
        raise SpecError([Problem(("title",), "something bad", "something good", file=file.name, line=1, column=1)])
    return f"<title>{text}</title>"


@pytest.fixture
def served(file: Path) -> Iterator[tuple[Server, Preview]]:
    with serving(lambda: build(file), [file]) as found:
        found[1].refresh()
        yield found


def get(server: Server, path: str, host: str = "") -> tuple[int, str]:
    request = urllib.request.Request(f"{server.address}{path}", headers={"Host": host} if host else {})
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, answer.read().decode("utf-8")
    except urllib.error.HTTPError as error:
        return error.code, ""


def test_the_page_is_built_again_only_when_its_file_has_changed(served: tuple[Server, Preview], file: Path):
    server, preview = served
    assert get(server, "page") == (200, "<title>first</title>")
    assert not preview.refresh()
    file.write_text("second, and longer")
    assert preview.refresh()
    assert get(server, "page") == (200, "<title>second, and longer</title>")


def test_a_bad_change_keeps_the_last_good_page_and_says_what_is_wrong(served: tuple[Server, Preview], file: Path):
    server, preview = served
    file.write_text("bad and longer")
    assert preview.refresh()
    assert get(server, "page") == (200, "<title>first</title>")
    state = json.loads(get(server, "state?after=1")[1])
    assert state == {
        "version": 2,
        "problems": "spec.yaml:1:1: title: got something bad; expected something good",
    }
    file.write_text("good once more")
    assert preview.refresh()
    assert json.loads(get(server, "state?after=2")[1]) == {"version": 3, "problems": ""}


def test_whoever_waits_hears_of_a_change(served: tuple[Server, Preview], file: Path):
    server, preview = served
    heard: list[str] = []
    waiting = threading.Thread(target=lambda: heard.append(get(server, "state?after=1")[1]))
    waiting.start()
    file.write_text("something new")
    preview.refresh()
    waiting.join(timeout=10)
    assert [json.loads(text)["version"] for text in heard] == [2]


def test_it_answers_its_own_machine_and_its_own_pages_only(served: tuple[Server, Preview]):
    server, _ = served
    assert server.server_address[0] == LOOPBACK
    assert get(server, "page", host="attacker.example")[0] == 403
    assert get(server, "page", host=f"localhost:{server.server_port}")[0] == 403
    assert get(server, "../../etc/passwd")[0] == 404
    assert get(server, "state?after=x")[0] == 200


@pytest.mark.parametrize("path", ["", "frame.js", "frame.css"])
def test_the_frame_is_there(served: tuple[Server, Preview], path: str):
    assert get(served[0], path)[0] == 200


def test_folders_are_watched_whole(tmp_path: Path):
    (tmp_path / "styles").mkdir()
    before = fingerprint([tmp_path])
    assert fingerprint([tmp_path]) == before
    (tmp_path / "styles" / "plan.yaml").write_text("title: new")
    assert fingerprint([tmp_path]) != before
