"""Forms of the document that need a program or fonts; one file a form."""
