"""Receipts have supplements."""

from services.chassis.migrate import sql_beside

revision = "0016"
down_revision = "0015"
upgrade = sql_beside(__file__)
