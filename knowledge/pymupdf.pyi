"""PyMuPDF (`pymupdf`). Written from the documentation of 1.26; not run."""

from fitz import Document, Page, Pixmap, open
