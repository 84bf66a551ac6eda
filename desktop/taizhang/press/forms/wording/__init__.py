"""How a form is written: lines, words and pieces, and what can be wrong with them."""
