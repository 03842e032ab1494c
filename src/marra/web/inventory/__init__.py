"""Pages of state bodies, their functions and processes, and the services that become digital."""
