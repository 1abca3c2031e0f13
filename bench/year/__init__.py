"""A year of an agency, simulated from a seed, and what must be true in each week.

People are imported, move, leave and come back; authors publish and repair in the
middle of attempts; phones lose their line and say things late and twice; the queue
loses messages and beat is down for days. Everything goes through the real actions and
the real background tasks, with the clock handed in. Once a week the queue is drained
and independent counts, made from the facts alone, are compared with what is stored
and shown.
"""
