"""The doors of data: Excel in and out."""
