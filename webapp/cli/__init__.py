"""The command line: thin doors that call one service each."""
