"""JSON Schema of the input files, for editors: generated from the records of the model, their catalogue and the programmes."""
