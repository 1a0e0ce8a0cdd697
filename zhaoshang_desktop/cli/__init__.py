"""The command line: arguments and sentences over the actions, one file a command."""
