"""One module a part of the report: from the material to the values its template shows."""
