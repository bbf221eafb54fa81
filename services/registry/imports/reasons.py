"""Why a row was refused: a stable code, and words for the person who has to correct it."""

from services.chassis.errors import Text
from services.chassis.spreadsheets.reasons import COMMON

REASONS: dict[str, Text] = {
    **COMMON,
    "uscc_missing": Text("缺少统一社会信用代码", "the unified social credit code is missing"),
    "uscc_length": Text("统一社会信用代码应为 18 位", "the unified social credit code has 18 characters"),
    "uscc_format": Text(
        "统一社会信用代码含有不允许的字符", "the unified social credit code holds a character it cannot hold"
    ),
    "uscc_check": Text(
        "统一社会信用代码校验位不符，请核对", "the check character of the unified social credit code is wrong"
    ),
    "not_a_number": Text("应为整数", "not a whole number"),
    "not_a_coordinate": Text("经纬度应为十进制度数", "not a coordinate in decimal degrees"),
    "not_an_area_code": Text("区划代码应为 6、9 或 12 位数字", "an area code has 6, 9 or 12 digits"),
    "not_an_industry": Text("行业代码应为 GB/T 4754 代码，如 C2614", "not a GB/T 4754 code such as C2614"),
    "not_a_phone": Text("电话号码有误", "not a phone number"),
    "unknown_agency": Text("没有登记这个检查主体", "no agency of this name is registered"),
    "repeated": Text("与前面的行完全重复", "the same as an earlier row"),
    "repeated_differently": Text(
        "同一代码在前面已出现且内容不同，以前面的行为准",
        "an earlier row has the same code and says otherwise; the earlier row counts",
    ),
    "outside_area": Text("不在您的管辖区域内", "outside the area you may write in"),
    "outside_agency": Text(
        "不是您所在的单位：您只能导入本单位的执法人员，其他单位的人员请由该单位或登记管理员导入",
        "not your agency: you import its own inspectors only; leave others to their agency or to the registrar",
    ),
    "certificate_elsewhere": Text(
        "该执法证号登记在其他单位名下；请核对证号，人员已调入的请登记管理员变更所属单位",
        "this certificate number is registered with another agency; check it, and if the person moved to yours "
        "ask the registrar to change the agency",
    ),
}
