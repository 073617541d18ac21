import pytest


@pytest.fixture
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    for name in ("images", "original_images", "documents"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.svg").write_text("<svg/>")
    return tmp_path


def test_a_picture_is_served_and_runs_nothing(client, folder, db):
    response = client.get("/media/images/a.svg")
    assert response.status_code == 200
    assert b"".join(response.streaming_content) == b"<svg/>"
    assert "sandbox" in response["Content-Security-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "path",
    ["documents/a.svg", "original_images/a.svg", "images/../documents/a.svg", "images/none.svg", "images/"],
)
def test_nothing_else_is(client, folder, db, path):
    assert client.get(f"/media/{path}").status_code == 404
