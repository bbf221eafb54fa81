"""A believable 宿迁经济技术开发区, always the same: two thousand enterprises, twelve agencies, a year of visits."""

from demo.load import load
from demo.people import usernames

__all__ = ["load", "usernames"]
