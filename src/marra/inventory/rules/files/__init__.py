"""Files of a body's own list: read whole or refused, compared with what stands, written again."""
