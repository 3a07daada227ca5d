"""The HTML page's pieces: markup of claims and tables, drawings, evidence, style."""
