-- Nothing here.
/* And nothing /* nested */ here. */
