"""The author's inbox: what learners ask and report."""
