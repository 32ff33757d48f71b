"""The messages of the queues and the jobs people wait for: who carries out which, and what takes several rooms."""
