"""Speed and memory, side by side with peers: what is timed, and on which documents. Nothing here is a test or part of a build."""
