"""Sets composed letters in the layout of Decree 30/2020 and writes what is true of them beside each.

The story by module: `content` loads a letter, `marks` and `body` read its text, `numbers` its figures; `faces`, `wrap`,
`sheet`, `grid` and `setting` fill pages; `pdf` writes them, `ink` draws what is not type; `records`, `arithmetic` and
`truth` write the answers; `degrade`, `scans` and `render` make the files; `align` pairs OCR text with the text as set.
"""
