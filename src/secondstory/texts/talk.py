"""What we say of comments."""

TEXTS = {
    "empty": "A comment needs words.",
    "empty_next": "Write what you want to say, then send it.",
    "long": "The comment has {count} characters; {most} fit.",
    "long_next": "Shorten it, or say it in two.",
    "no_subject": "{subject} is no subject that can be commented on.",
    "no_subject_next": "Name an event, hypothesis, action or another thing by its key, such as event/deploy/orders.",
    "no_comment": "There is no comment {comment} in this incident.",
    "no_comment_next": "`secondstory comments INCIDENT` lists those that there are.",
    "not_yours": "Comment {comment} was written by {actor}.",
    "not_yours_next": "Only who wrote a comment edits or takes it back; answer it instead.",
    "gone": "Comment {comment} was taken back.",
    "gone_next": "Write a new one.",
    "as_it_is": "Thread {comment} is like that already.",
    "as_it_is_next": "Nothing needs to be done.",
}
