"""One folder is one wall chart or statistic."""
