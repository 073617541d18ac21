import pytest

from toolkit_site import healthcheck


@pytest.mark.parametrize(
    ("hosts", "asked"),
    [
        ("network.example.org,other.example.org", "network.example.org"),
        (".example.org", "health.example.org"),
        ("*", "localhost"),
        ("", "localhost"),
    ],
)
def test_asks_by_a_name_that_the_server_accepts(hosts, asked):
    request = healthcheck.request({"ALLOWED_HOSTS": hosts, "PORT": "9000"})
    assert request.get_header("Host") == asked
    assert request.full_url == "http://127.0.0.1:9000/health"


def test_a_server_that_is_not_there_is_not_healthy(monkeypatch, capsys):
    monkeypatch.setenv("PORT", "1")
    assert healthcheck.main() == 1
    assert "refused" in capsys.readouterr().err


def test_a_server_that_answers_is(live_server, monkeypatch):
    monkeypatch.setenv("PORT", live_server.url.rsplit(":", 1)[1])
    monkeypatch.setenv("ALLOWED_HOSTS", "localhost")
    assert healthcheck.main() == 0
