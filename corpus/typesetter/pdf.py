"""Set pages written as a PDF, byte for byte the same each time."""

from io import BytesIO

from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from corpus.typesetter.faces import register_fonts
from corpus.typesetter.ink import picture_image
from corpus.typesetter.sheet import HEIGHT, WIDTH, SetPage


def write_pdf(pages: list[SetPage], title: str) -> bytes:
    """Write pages as a PDF with text that can be selected.

    Args:
        pages: The pages.
        title: Title in the document information.
    """
    register_fonts()
    out = BytesIO()
    canvas = Canvas(out, pagesize=(WIDTH, HEIGHT), invariant=1, pageCompression=1)
    canvas.setTitle(title)
    for page in pages:
        for rule in page.rules:
            canvas.setLineWidth(rule.width)
            canvas.line(rule.x0, rule.y0, rule.x1, rule.y1)
        for line in page.drawn:
            for piece in line.pieces:
                canvas.setFont(piece.font, piece.size)
                canvas.drawString(piece.x, line.y + piece.rise, piece.text)
        for picture in page.pictures:
            image = ImageReader(picture_image(picture))
            canvas.drawImage(image, picture.x, picture.y, picture.width, picture.height, mask="auto")
        canvas.showPage()
    canvas.save()
    return out.getvalue()
