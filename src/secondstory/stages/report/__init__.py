"""The report stage: all documents of an incident in, one post-mortem out, in the formats that people read."""

from secondstory.stages.report.agreed import agreed_rows, with_plan
from secondstory.stages.report.asked import query_parameters, query_title
from secondstory.stages.report.claims import hypothesis_title
from secondstory.stages.report.executive import short_form
from secondstory.stages.report.format import ReportFormat, report_formats
from secondstory.stages.report.held import held_sentence, minutes_section, minutes_text, with_meetings
from secondstory.stages.report.naming import with_names
from secondstory.stages.report.not_kept import with_gaps
from secondstory.stages.report.presenting import imprinted, present
from secondstory.stages.report.references import Index
from secondstory.stages.report.writing import write_report

__all__ = [
    "Index",
    "ReportFormat",
    "agreed_rows",
    "held_sentence",
    "hypothesis_title",
    "imprinted",
    "minutes_section",
    "minutes_text",
    "present",
    "query_parameters",
    "query_title",
    "report_formats",
    "short_form",
    "with_gaps",
    "with_meetings",
    "with_names",
    "with_plan",
    "write_report",
]
