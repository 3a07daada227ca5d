"""The report stage: all documents of an incident in, one post-mortem out, in the formats that people read."""

from secondstory.stages.report.format import ReportFormat, report_formats
from secondstory.stages.report.writing import write_report

__all__ = ["ReportFormat", "report_formats", "write_report"]
