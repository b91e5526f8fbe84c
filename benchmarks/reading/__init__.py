"""Reading: words, figures and cells of tables right, what a page costs, and the programs it is compared with."""
