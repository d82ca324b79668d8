"""Reports: what is read outside the browser, as accessible PDF (PDF/UA-1), typeset by typst from plain data."""
