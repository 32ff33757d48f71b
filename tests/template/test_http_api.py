"""Rules for the HTTP API."""

import json

from tests.template.source import RESOURCES, TEMPLATE, functions, logical_id, of_type

UNKNOWN = "$default"
HOOKS = "POST /hooks/{proxy+}"
HITS, FORMS, MAIL = "ANY /c/{proxy+}", "ANY /f/{proxy+}", "ANY /m/{proxy+}"
HITS, FORMS = "ANY /c/{proxy+}", "ANY /f/{proxy+}"
FRAMES, FRAMES_API = "ANY /vision/{proxy+}", "ANY /api/vision/{proxy+}"
PUBLIC = {
    "GET /",
    "ANY /sign-in",
    "ANY /sign-in/{proxy+}",
    "ANY /api/sign-in/{proxy+}",
    "GET /static/{proxy+}",
    UNKNOWN,
    HOOKS,
    HITS,
    FORMS,
    MAIL,
    FRAMES,
    FRAMES_API,
}
PREFIXES = {"setup": ("/setup", "/api/setup"), "marketing": ("/app", "/api/app")}


def door_of(route: dict[str, dict[str, str]]) -> str:
    """The logical id of the function behind a route."""
    integration = route["Target"]["Fn::Sub"].removeprefix("integrations/${").removesuffix("}")
    name: str = RESOURCES[integration]["Properties"]["IntegrationUri"]["Fn::GetAtt"][0]
    return name


def test_the_routes_without_an_authorizer_are_exactly_the_public_ones() -> None:
    routes = of_type("AWS::ApiGatewayV2::Route").values()
    assert {r["RouteKey"] for r in routes if "AuthorizerId" not in r} == PUBLIC
    guarded = [route for route in routes if "AuthorizerId" in route]
    assert all(route["AuthorizationType"] == "CUSTOM" for route in guarded)
    assert all(route["AuthorizerId"] == {"Ref": "Authorizer"} for route in guarded)


def test_each_door_for_people_has_its_prefixes_whole() -> None:
    routes = of_type("AWS::ApiGatewayV2::Route").values()
    for door, prefixes in PREFIXES.items():
        keys = {
            route["RouteKey"]
            for route in routes
            if door_of(route) == logical_id(door) and "AuthorizerId" in route
        }
        page, api = prefixes
        assert keys == {f"ANY {page}", f"ANY {page}/{{proxy+}}", f"ANY {api}/{{proxy+}}"}


def test_every_integration_may_invoke_its_function() -> None:
    invoked = {
        permission["FunctionName"]["Ref"]
        for permission in of_type("AWS::Lambda::Permission").values()
    }
    integrated = {
        integration["IntegrationUri"]["Fn::GetAtt"][0]
        for integration in of_type("AWS::ApiGatewayV2::Integration").values()
    }
    assert invoked == integrated | {logical_id("authorizer")}


def test_the_authorizer_answers_for_each_request_alone() -> None:
    (authorizer,) = of_type("AWS::ApiGatewayV2::Authorizer").values()
    assert authorizer["EnableSimpleResponses"] is True
    assert authorizer["AuthorizerPayloadFormatVersion"] == "2.0"
    assert authorizer["AuthorizerResultTtlInSeconds"] == 0
    assert "IdentitySource" not in authorizer


def test_the_stage_throttles_and_throttles_sign_in_webhooks_forms_and_what_is_not_there_harder() -> (
    None
):
    (stage,) = of_type("AWS::ApiGatewayV2::Stage").values()
    common = stage["DefaultRouteSettings"]["ThrottlingRateLimit"]
    harder = {key for key in PUBLIC if "sign-in" in key or key in (HOOKS, FORMS, UNKNOWN)}
    assert set(stage["RouteSettings"]) == {*harder, HITS, MAIL}
    assert all(stage["RouteSettings"][key]["ThrottlingRateLimit"] < common for key in harder)


def test_hits_come_in_bursts_and_are_bounded_all_the_same() -> None:
    (stage,) = of_type("AWS::ApiGatewayV2::Stage").values()
    for key in (HITS, MAIL):
        assert stage["RouteSettings"][key]["ThrottlingRateLimit"] >= 500
    reserved = functions()["collect"]["ReservedConcurrentExecutions"]["Fn::If"]
    assert reserved == [
        "HasCollectConcurrency",
        {"Ref": "CollectConcurrency"},
        {"Ref": "AWS::NoValue"},
    ]
    assert TEMPLATE["Parameters"]["CollectConcurrency"]["Default"] > 0


def test_the_access_log_is_json_and_holds_no_path_query_or_header() -> None:
    (stage,) = of_type("AWS::ApiGatewayV2::Stage").values()
    fields = json.loads(stage["AccessLogSettings"]["Format"])
    assert {"time", "request", "route", "status", "ms"} <= set(fields)
    told = " ".join(fields.values()).lower()
    assert "path" not in told.replace("$context.routekey", "")
    assert "query" not in told
    assert "header" not in told
    assert "authorizer" not in told
