"""The inspection service over HTTP."""

from flask import Flask

from services.chassis import app as chassis
from services.chassis import secrets
from services.chassis.keys import api as keys
from services.chassis.policy import policies
from services.chassis.settings import Settings
from services.inspection.blackouts.api import blueprint as blackouts
from services.inspection.campaigns.api import blueprint as campaigns
from services.inspection.casefiles.api import blueprint as case_files
from services.inspection.codes.api import blueprint as codes
from services.inspection.codes.page import page
from services.inspection.draws.api import blueprint as draws
from services.inspection.duplicates.api import blueprint as verdicts
from services.inspection.entries.api import blueprint as entries
from services.inspection.evidence.api import blueprint as evidence
from services.inspection.joint.api import blueprint as joint
from services.inspection.joint.proposals.api import blueprint as proposals
from services.inspection.notices.api import blueprint as notices
from services.inspection.numbers.api import blueprint as numbers
from services.inspection.orders.api import blueprint as orders
from services.inspection.planner.api import blueprint as joint_plans
from services.inspection.plans.api import blueprint as plans
from services.inspection.plates.api import blueprint as plates
from services.inspection.profiles.api import blueprint as profiles
from services.inspection.receipts.api import blueprint as receipts
from services.inspection.records.api import blueprint as records
from services.inspection.rectification.api import blueprint as rectification
from services.inspection.refusals.api import blueprint as refusals
from services.inspection.reviews.api import blueprint as reviews
from services.inspection.search.api import blueprint as search
from services.inspection.sheets.api import blueprint as sheets
from services.inspection.simulation.api import blueprint as simulations


def build() -> Flask:
    return chassis.build(
        "inspection",
        [
            orders,
            sheets,
            codes,
            page,
            entries,
            records,
            evidence,
            case_files,
            proposals,
            joint,
            verdicts,
            plans,
            campaigns,
            draws,
            reviews,
            refusals,
            notices,
            numbers,
            receipts,
            rectification,
            joint_plans,
            simulations,
            blackouts,
            search,
            plates,
            profiles,
            keys.blueprint("inspection", secrets.CODE_KEYS),
        ],
    )


def equip(app: Flask, settings: Settings) -> None:
    """Raises BadProfile when a policy profile cannot be right."""
    policies()
    chassis.equip(app, settings)
