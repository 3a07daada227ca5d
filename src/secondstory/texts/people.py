"""What we say to people who join, and of them."""

TEXTS = {
    "name_taken": "Somebody of this name has joined before, perhaps you, in another browser.",
    "name_taken_next": (
        "Open the link in the browser where you are signed in, or ask the facilitator for a link made for you. "
        "If you only share the name, add a second first name or initial."
    ),
    "name": "This cannot be kept as a person's name.",
    "name_next": "Write the name as colleagues know it, in at most {most} characters.",
    "lasts": "An invitation cannot last that long, or that short.",
    "lasts_next": "Give a number of days from 1 to {most}.",
    "no_invitation": "This incident has no invitation {invitation}.",
    "no_invitation_next": "List them with `secondstory people list`.",
    "accepted": "The invitation was accepted by {actor} and lets nobody in any more.",
    "accepted_next": "To take that person out, remove the member from the incident.",
    "no_member": "{actor} is not in incident {incident}.",
    "no_member_next": "List the members with `secondstory people list`, or send an invitation.",
    "did_invite": "Invited: {role}.",
    "did_revoke": "Taken back: {invitation}.",
    "did_role": "{actor} is {role}.",
    "did_remove": "{actor} is out.",
    "did_erase": "Erased: {actor}.",
    "no_person": "There is no name behind {actor}.",
    "no_person_next": "Give a token such as responder-2; `secondstory people list --names` shows the names.",
    "no_why": "Restricting an incident, or lifting that, needs a reason.",
    "no_why_next": "Say in a sentence why; it stands in the audit.",
    "owner": "This browser is signed in as the owner of the installation, who needs no invitation.",
    "owner_next": "Send the link to the person whom it is for.",
    "another": "This link was made for somebody else; the browser is signed in as {actor}.",
    "another_next": "Open it in a browser of the person whom it is for, or sign out first.",
    "link_unknown": "This invitation was not made here, or a part of its address is missing.",
    "link_used": "This invitation was accepted before or taken back.",
    "link_old": "This invitation is too old.",
    "link_next": "Copy the whole address, or ask the facilitator for a new invitation.",
}
