"""The catalogs of a database as one value that can be compared: what there is, object by object."""
