"""Read and write spreadsheets and delimited text; pandas and its kin live only here."""
