"""The evaluation after a course: asked, answered without a name, told in fives."""
