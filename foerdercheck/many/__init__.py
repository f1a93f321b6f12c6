"""Many files, answered in their order: on the cores of one machine or on those of a cluster."""
