"""An attached file over HTTP: up as a form, down as something that no browser runs."""

from .conftest import Browser


def test_a_file_goes_up_is_listed_and_comes_down_to_be_saved(own_browser: Browser) -> None:
    name = own_browser.get("/incidents")["incidents"][0]["id"]  # type: ignore[index]  # JSON
    place = f"/api/v1/incidents/{name}/attachments"
    data = b"time,pool\n10:01,3\n10:02,0\n"
    begun = own_browser.client.post(place, files={"attachment": ("pööl.csv", data)}, data={"note": "The pool."})
    assert begun.status_code == 201, begun.text
    (file,) = begun.json()["files"]
    assert (file["kind"], file["note"], begun.json()["removable"]) == ("csv", "The pool.", [file["id"]])
    answer = own_browser.client.get(f"{place}/{file['id']}")
    assert answer.content == data
    assert answer.headers["content-disposition"] == 'attachment; filename="p__l.csv"'
    assert answer.headers["content-type"].startswith("text/csv")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-security-policy"] == "default-src 'none'; sandbox"
    gone = own_browser.client.delete(f"{place}/{file['id']}", params={"why": "wrong file"})
    assert gone.json()["files"][0]["removed_why"] == "wrong file"
    assert own_browser.client.get(f"{place}/{file['id']}").status_code == 404


def test_too_much_and_the_wrong_kind_are_refused_before_anything_is_kept(own_browser: Browser) -> None:
    name = own_browser.get("/incidents")["incidents"][0]["id"]  # type: ignore[index]  # JSON
    place = f"/api/v1/incidents/{name}/attachments"
    for data, status in ((b"<html>", 400), (bytes(11_000_000), 413)):
        assert own_browser.client.post(place, files={"attachment": ("a.html", data)}).status_code == status
    assert own_browser.client.post(place, files={"other": ("a.txt", b"x")}).status_code == 400
    assert own_browser.get(f"/incidents/{name}/attachments")["files"] == []
