"""企业码门牌: plates with the premises code, many on a sheet of A4, to be printed and cut."""
