"""A whole incident as one file, and back: `export_incident` writes it, `import_incident` reads it elsewhere."""

from secondstory.usecases.incident_file.reading import ImportedIncident, import_incident
from secondstory.usecases.incident_file.writing import ExportedIncident, export_incident

__all__ = ["ExportedIncident", "ImportedIncident", "export_incident", "import_incident"]
