"""One realistic example of every event.

The published catalogue and the AsyncAPI document show them; contract tests decode the old ones with new code.
"""

from events.examples.exceptions import EXCEPTIONS
from events.examples.planning import PLANNING
from events.examples.story import STORY
from events.model import Event

EXAMPLES: dict[str, Event] = {event.contract.type: event for event in (*STORY, *PLANNING, *EXCEPTIONS)}
