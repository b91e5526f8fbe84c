"""The sample archive: letters, what is true of them, and the typesetter that made both."""
