from services.chassis.problem import pointers


def test_nested_messages_become_json_pointers():
    messages = {"json": {"items": {0: {"code": ["Unknown field."]}}, "_schema": ["Invalid input type."]}}
    assert pointers(messages) == {
        "/items/0/code": "没有这个字段 / Unknown field",
        "/": "类型不对 / Invalid input type",
    }


def test_the_query_keeps_its_place_in_the_pointer():
    assert pointers({"query": {"limit": ["Not a valid integer."]}}) == {
        "/query/limit": "应为整数 / Not a valid integer"
    }
