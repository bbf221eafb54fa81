"""联合提议: agencies agree to make one visit of several orders, or say why not.

`propose(command, uow, who)` is for whoever finds visits that should be one; it neither commits nor joins yet.
"""

from services.inspection.joint.proposals.model import JoinProposal
from services.inspection.joint.proposals.offer import Offer
from services.inspection.joint.proposals.propose import Propose, propose

__all__ = ["JoinProposal", "Offer", "Propose", "propose"]
