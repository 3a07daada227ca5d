"""What the paper form is set from: the document as plain data, and the sheet that sets it."""
