"""Sets composed letters in the layout of Decree 30/2020 and writes what is true of them beside each.

The story by module: `content` loads a letter, `marks` reads its inline marks, `body` its blocks; `faces` and `wrap` set
lines, `sheet` and `grid` fill pages; `pdf` writes them; `records`, `arithmetic` and `truth` write the answers; `ink`,
`degrade` and `render` make scans; `align` pairs OCR text with the text as set; `planted` lists the discrepancies.
"""
