"""Why a row of any file is refused: a stable code, and words for the person who has to correct it."""

from services.chassis.errors import Text

COMMON: dict[str, Text] = {
    "required": Text("必填项为空", "this must not be empty"),
    "too_long": Text("内容过长", "too long"),
    "forbidden_character": Text("含有不可存储的字符", "holds a character that cannot be stored"),
    "not_a_date": Text("日期无法识别，请写作 2024-05-31", "not a date; write 2024-05-31"),
    "unknown_word": Text("无法识别的取值", "a value we do not know"),
    "ends_before_it_begins": Text("止期早于起期", "ends before it begins"),
    "too_few_columns": Text("列数少于表头", "fewer columns than the header"),
    "too_many_columns": Text("列数多于表头", "more columns than the header"),
    "broken_quotes": Text(
        "引号不成对或位置有误，无法拆分为列", "quotation marks do not pair up: the row cannot be split"
    ),
    "undecodable": Text("文字编码有误", "the text is not in the encoding of the file"),
    "uscc_spreadsheet_number": Text(
        "统一社会信用代码被表格软件转成了数字，末几位已丢失；请将该列设为文本后重新填写",
        "a spreadsheet turned the code into a number and lost its last digits; format the column as text",
    ),
}
