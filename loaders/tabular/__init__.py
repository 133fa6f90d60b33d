"""Tables of any form: which column says what, cells as people write them, and a guess where nobody has said."""
