import pytest
from django.db import OperationalError

from toolkit_site import health, healthcheck

pytestmark = pytest.mark.cache


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


def test_health_tells_that_all_is_well(client, db):
    response = client.get("/health")
    assert response.status_code == 200
    assert response.json() == {"status": "ok", "database": "ok", "cache": "ok"}
    assert response["Cache-Control"] == "no-store"


def test_a_cache_that_is_gone_is_told_and_written_down(client, db, settings, caplog):
    gone = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:1/0"}
    settings.CACHES = {"default": gone}
    response = client.get("/health")
    assert response.status_code == 503
    assert response.json() == {"status": "failing", "database": "ok", "cache": "failing"}
    assert "refused" in caplog.text


def test_a_database_that_is_gone_is_told(client, db, monkeypatch):
    def gone():
        raise OperationalError("the server closed the connection")

    monkeypatch.setattr(health, "ask_database", gone)
    response = client.get("/health")
    assert response.status_code == 503
    assert response.json()["database"] == "failing"
    assert "closed" not in response.content.decode(), "readers are told no details"
