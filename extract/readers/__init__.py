"""From a file on disk to pages of words with boxes, whatever the file is and whatever is wrong with it."""
