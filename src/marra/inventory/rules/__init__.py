"""What is true of bodies, functions, services, the standard and features, whoever asks."""
