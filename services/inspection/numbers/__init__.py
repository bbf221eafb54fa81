"""检查单号: how people call an order, the same below its square, on the receipt, on the enterprise's page and in a complaint."""
