from services.chassis.errors import Conflict, Text


class EnoughEvidence(Conflict):
    code = "enough_evidence"
    title = Text("证据数量已达上限", "There is enough evidence")
    remedy = Text(
        "请选最能说明问题的照片；其余在笔录中以文字说明。",
        "Choose the photos that show it best, and say the rest in the record.",
    )
