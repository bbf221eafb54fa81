"""批量拟单: what an agency has in a spreadsheet becomes draft orders."""
