"""An incident's file over HTTP: down for who may export, up as a job that says what is wrong with it."""

from .conftest import Browser


def test_a_downloaded_incident_is_an_attachment_and_is_read_again_as_a_job(own_browser: Browser) -> None:
    name = own_browser.get("/incidents")["incidents"][0]["id"]  # type: ignore[index]  # JSON
    answer = own_browser.client.get(f"/api/v1/incidents/{name}/file")
    assert answer.status_code == 200 and answer.headers["content-type"] == "application/zip"
    assert answer.headers["content-disposition"] == f'attachment; filename="{name}.incident.zip"'
    assert int(answer.headers["content-length"]) == len(answer.content)
    for data, told in ((answer.content, "is here already"), (b"no archive", "damaged")):
        begun = own_browser.client.post("/api/v1/incident-files", files={"incident_file": ("../x.zip", data)})
        assert begun.status_code == 202
        own_browser.work()
        job = own_browser.get(f"/jobs/{begun.json()['job']['id']}")
        assert job["state"] == "failed" and told in str(job["error"])


def test_an_upload_without_its_part_is_refused(browser: Browser) -> None:
    assert browser.client.post("/api/v1/incident-files", files={"other": ("a.zip", b"x")}).status_code == 400
