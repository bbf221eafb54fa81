"""Why a row was refused: a stable code, and words for the person who has to correct it."""

from services.chassis.errors import Text

REASONS: dict[str, Text] = {
    "uscc_missing": Text("缺少统一社会信用代码", "the unified social credit code is missing"),
    "uscc_spreadsheet_number": Text(
        "统一社会信用代码被表格软件转成了数字，末几位已丢失；请将该列设为文本后重新填写",
        "a spreadsheet turned the code into a number and lost its last digits; format the column as text",
    ),
    "uscc_length": Text("统一社会信用代码应为 18 位", "the unified social credit code has 18 characters"),
    "uscc_format": Text(
        "统一社会信用代码含有不允许的字符", "the unified social credit code holds a character it cannot hold"
    ),
    "uscc_check": Text(
        "统一社会信用代码校验位不符，请核对", "the check character of the unified social credit code is wrong"
    ),
    "required": Text("必填项为空", "this must not be empty"),
    "too_long": Text("内容过长", "too long"),
    "forbidden_character": Text("含有不可存储的字符", "holds a character that cannot be stored"),
    "not_a_date": Text("日期无法识别，请写作 2024-05-31", "not a date; write 2024-05-31"),
    "not_a_number": Text("应为整数", "not a whole number"),
    "not_a_coordinate": Text("经纬度应为十进制度数", "not a coordinate in decimal degrees"),
    "not_an_area_code": Text("区划代码应为 6、9 或 12 位数字", "an area code has 6, 9 or 12 digits"),
    "not_an_industry": Text("行业代码应为 GB/T 4754 代码，如 C2614", "not a GB/T 4754 code such as C2614"),
    "not_a_phone": Text("电话号码有误", "not a phone number"),
    "unknown_word": Text("无法识别的取值", "a value we do not know"),
    "ends_before_it_begins": Text("止期早于起期", "ends before it begins"),
    "unknown_agency": Text("没有登记这个检查主体", "no agency of this name is registered"),
    "too_few_columns": Text("列数少于表头", "fewer columns than the header"),
    "too_many_columns": Text("列数多于表头", "more columns than the header"),
    "broken_quotes": Text(
        "引号不成对或位置有误，无法拆分为列", "quotation marks do not pair up: the row cannot be split"
    ),
    "undecodable": Text("文字编码有误", "the text is not in the encoding of the file"),
    "repeated": Text("与前面的行完全重复", "the same as an earlier row"),
    "repeated_differently": Text(
        "同一代码在前面已出现且内容不同，以前面的行为准",
        "an earlier row has the same code and says otherwise; the earlier row counts",
    ),
    "outside_area": Text("不在您的管辖区域内", "outside the area you may write in"),
}
