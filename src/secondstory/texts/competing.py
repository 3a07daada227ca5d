"""What the document says of competing hypotheses, their predictions and what people marked."""

TEXTS = {
    "section_matrix": "Competing hypotheses",
    "matrix_lead": "Each hypothesis predicts what must be seen if it is right, and was tested on it. The one with the"
    " least evidence against it comes first, not the one with the most supporters.",
    "matrix_changing": "What would change the ranking.",
    "caption_ranking": "Hypotheses, the least contradicted first in rank",
    "caption_predictions": "Predictions that could have failed, those that separate most first",
    "column_hypothesis": "Hypothesis",
    "column_place": "Place",
    "column_against_range": "Weight against it",
    "column_by_methods": "By methods",
    "column_votes": "Votes",
    "column_standing": "Decided",
    "column_prediction": "Looked at",
    "column_separates": "Separates",
    "votes": "{yes} for, {no} against",
    "is_accepted": "accepted",
    "is_rejected": "rejected",
    "result_held": "held",
    "result_failed": "failed",
    "result_untold": "cannot be told",
    "result_silent": "–",
    "marked": "{result} (marked)",
    "mark": "{hypothesis} on “{title}”: marked {result} by people, where the data say {machine}. Reason: {why}.",
    "rows_left_out": "{count} more predictions say less and are not shown.",
}
