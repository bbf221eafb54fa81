"""送达: whoever was shown the order code says that the notice (检查通知书) was read."""
