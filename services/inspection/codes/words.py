"""What an enterprise reads for the words of an order."""

from services.chassis.errors import Text

TRIGGERS: dict[str, Text] = {
    "routine": Text("日常检查", "routine"),
    "random": Text("双随机抽查", "random draw"),
    "campaign": Text("专项检查", "special campaign"),
    "complaint": Text("投诉举报", "after a complaint"),
    "assigned": Text("上级交办转办", "assigned by a superior body"),
    "requested": Text("企业申请", "at the enterprise's request"),
    "monitoring": Text("监测线索", "after a monitoring clue"),
    "urgent": Text("突发情况", "urgent"),
    "recheck": Text("复查", "recheck"),
}
