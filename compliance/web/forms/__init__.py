"""Forms: what staff and suppliers may post, parsed and refused at the right field."""
