"""The commands: what ./run, ./test and scripts/setup do on machines that lack something."""
