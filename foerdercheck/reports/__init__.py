"""From a finished assessment to text; one pure function per format, all saying the same."""
