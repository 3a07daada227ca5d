"""What the web says when it refuses a request, and on the page that stands in for the app."""

TEXTS = {
    "ask_next": "Go back and try again; `secondstory doctor` looks at the installation.",
    "defect": "This request met a defect in Second Story; nothing was changed by what came after it.",
    "defect_next": "Report it with the lines that the server printed just now.",
    "no_such_page": "There is nothing at {path}.",
    "no_such_page_next": "Begin at the list of incidents.",
    "no_such_verb": "{path} does not know {verb}.",
    "no_such_verb_next": "Use one of the verbs that the header Allow names.",
    "too_large": "The request for {path} is larger than this server takes.",
    "too_large_next": "The commands `secondstory import`, `coach` and `lint` read larger files; for imports, "
    "SECONDSTORY_UPLOAD_LIMIT_MB raises the limit here.",
    "not_understood": "The request for {path} could not be understood.",
    "not_understood_next": "Compare it with the description of the API.",
    "field": "The request cannot be used: {field} in its {place} is wrong ({fault}).",
    "field_next": "Mend {field} and send it again.",
    "whole": "The request cannot be used: its {place} is wrong ({fault}).",
    "whole_next": "Mend the {place} and send it again.",
    "wrong_host": "The request names the host {host}, which is not this server.",
    "wrong_host_next": "Open {address} instead.",
    "wrong_origin": "The request comes from a page of {origin}, which may not talk to this server.",
    "wrong_origin_next": "Open {address} and do it there.",
    "not_let_in": "This browser is not signed in.",
    "not_let_in_next": (
        "Ask the facilitator for an invitation. On your own machine, open the address that `secondstory serve` "
        "printed; start it again where that was used already."
    ),
    "token_used": "The token in this address is wrong or was used before.",
    "token_used_next": "Start `secondstory serve` again and open the address that it prints.",
    "no_csrf": "The request would change something but carries no valid X-CSRF-Token.",
    "no_csrf_next": "Reload the page, which fetches a new one.",
    "one_way": "A request is followed either by its trace id or by an attribute.",
    "one_way_next": "Give trace_id, or attribute together with value.",
    "analysing": "{count} questions to the telemetry are answered",
    "no_file": "The upload holds no file.",
    "no_file_next": "Choose at least one file, in the form's field `files`.",
    "bad_name": "A recording's name has at most 200 letters and no control characters.",
    "bad_name_next": "Give another name.",
    "no_app_title": "Second Story is running",
    "no_app": "The API answers, but the pages were not built.",
    "no_app_next": "Build them with `make ui`, or read the reports with `secondstory show`.",
}
