"""The parts of the HTML report; ``pgassay.report.formats.html`` puts them together."""
