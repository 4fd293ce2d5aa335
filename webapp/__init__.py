"""The doors to Kretsløp: the command line now, the web application on top."""
