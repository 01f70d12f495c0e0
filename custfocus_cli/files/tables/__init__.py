"""Tables of answers that survey tools give back: which tool's, which column, which answer."""
