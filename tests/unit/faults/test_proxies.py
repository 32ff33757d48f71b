"""What goes wrong at the proxies looks to a client as it does on AWS and before a Sugar."""

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
import requests
from botocore.config import Config
from botocore.exceptions import ClientError, ConnectionClosedError
from botocore.session import get_session

from local.faults.aws import AwsFaults, failed, left_over, throttled
from local.faults.fault import NOTHING, Asked, Fault, Reply
from local.faults.proxy import FaultProxy
from local.faults.sugar import EXPIRE, SugarFaults

Decide = Callable[[Asked], Fault]
BODY = json.dumps({"Item": {"pk": {"S": "x" * 200}}}).encode()


class Behind(BaseHTTPRequestHandler):
    """Takes all, answers the same, and keeps what it was asked."""

    protocol_version = "HTTP/1.1"
    asked: list[tuple[str, bytes]]

    def do_POST(self) -> None:
        """Answer."""
        sent = self.rfile.read(int(self.headers.get("content-length") or 0))
        self.asked.append((self.path, sent))
        self.send_response(200)
        self.send_header("Content-Type", "application/x-amz-json-1.0")
        self.send_header("Content-Length", str(len(BODY)))
        self.end_headers()
        self.wfile.write(BODY)

    def log_message(self, *_: object) -> None:
        """Nothing."""


@pytest.fixture
def behind() -> Iterator[ThreadingHTTPServer]:
    handler = type("Handler", (Behind,), {"asked": []})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def proxied(behind: ThreadingHTTPServer) -> Iterator[Callable[[Decide], str]]:
    """The address of a proxy that decides so, before a server that takes all."""
    running: list[FaultProxy] = []

    def start(decide: Decide) -> str:
        proxy = FaultProxy(0, f"127.0.0.1:{behind.server_address[1]}", decide)
        proxy.failing = True
        threading.Thread(target=proxy.serve_forever, args=(0.02,), daemon=True).start()
        running.append(proxy)
        return f"http://127.0.0.1:{proxy.server_address[1]}"

    yield start
    for proxy in running:
        proxy.shutdown()
        proxy.server_close()


def asked_of(behind: ThreadingHTTPServer) -> list[tuple[str, bytes]]:
    found: list[tuple[str, bytes]] = behind.RequestHandlerClass.asked  # type: ignore[attr-defined]
    return found


def dynamodb(url: str) -> Any:
    config = Config(retries={"total_max_attempts": 1}, proxies={})
    return get_session().create_client(
        "dynamodb", endpoint_url=url, region_name="us-east-1",
        aws_access_key_id="a", aws_secret_access_key="s", config=config,
    )  # fmt: skip


def target(asked: Asked) -> str:
    return asked.headers["x-amz-target"]


def get(client: Any) -> Any:
    return client.get_item(TableName="t", Key={"pk": {"S": "x"}})


def test_a_throttled_request_is_not_carried_out_and_says_so(
    behind: ThreadingHTTPServer, proxied: Callable[[Decide], str]
) -> None:
    client = dynamodb(proxied(lambda a: Fault("t", instead=throttled(target(a), a))))
    with pytest.raises(ClientError) as refused:
        get(client)
    assert refused.value.response["Error"]["Code"] == "ProvisionedThroughputExceededException"
    put = {"Put": {"TableName": "t", "Item": {"pk": {"S": "x"}}}}
    with pytest.raises(ClientError) as refused:
        client.transact_write_items(TransactItems=[put, put])
    assert refused.value.response["Error"]["Code"] == "TransactionCanceledException"
    codes = [one["Code"] for one in refused.value.response["CancellationReasons"]]
    assert codes == ["ThrottlingError", "None"]
    assert asked_of(behind) == []


def test_an_error_500_is_not_carried_out(
    behind: ThreadingHTTPServer, proxied: Callable[[Decide], str]
) -> None:
    with pytest.raises(ClientError) as refused:
        get(dynamodb(proxied(lambda a: Fault("f", instead=failed(target(a))))))
    assert refused.value.response["ResponseMetadata"]["HTTPStatusCode"] == 500
    assert asked_of(behind) == []


@pytest.mark.parametrize(("fault", "times"), [(Fault(reset=True), 0), (Fault(lost=True), 1)])
def test_a_reset_comes_before_the_work_and_a_lost_answer_after_it(
    behind: ThreadingHTTPServer,
    proxied: Callable[[Decide], str],
    fault: Fault,
    times: int,
) -> None:
    with pytest.raises((ConnectionClosedError, ClientError, OSError)):
        get(dynamodb(proxied(lambda _: fault)))
    assert len(asked_of(behind)) == times


def test_items_left_over_are_handed_back_and_the_others_carried_out(
    behind: ThreadingHTTPServer, proxied: Callable[[Decide], str]
) -> None:
    from random import Random

    client = dynamodb(proxied(lambda a: left_over(a, Random(3))))
    puts = [{"PutRequest": {"Item": {"pk": {"S": str(n)}}}} for n in range(10)]
    told = client.batch_write_item(RequestItems={"t": puts})
    ((_, sent),) = asked_of(behind)
    done = json.loads(sent)["RequestItems"]["t"]
    left = told["UnprocessedItems"]["t"]
    assert done
    assert left
    assert sorted(map(str, [*done, *left])) == sorted(map(str, puts))


def test_half_a_body_ends_the_connection_and_a_drip_brings_all(
    proxied: Callable[[Decide], str],
) -> None:
    with pytest.raises(requests.RequestException):
        requests.post(proxied(lambda _: Fault(share=0.5)), b"", timeout=5)
    reply = requests.post(proxied(lambda _: Fault(drip=0.05)), b"", timeout=5)
    assert reply.content == BODY


def test_all_sessions_end_before_the_call_that_is_hit(
    behind: ThreadingHTTPServer, proxied: Callable[[Decide], str]
) -> None:
    assert requests.post(proxied(lambda _: Fault(first=EXPIRE)) + "/soap", b"x", timeout=5).ok
    assert [path for path, _ in asked_of(behind)] == [EXPIRE, "/soap"]


def test_nothing_goes_wrong_until_it_is_told_to_and_all_is_counted(
    proxied: Callable[[Decide], str],
) -> None:
    url = proxied(lambda _: Fault("no", instead=Reply(503, b"")))
    requests.post(f"{url}/_faults/off", timeout=5)
    assert requests.post(url, b"", timeout=5).status_code == 200
    requests.post(f"{url}/_faults/on", timeout=5)
    assert requests.post(url, b"", timeout=5).status_code == 503
    told = requests.get(f"{url}/_faults", timeout=5).json()
    assert told == {"failing": True, "counts": {"fine": 1, "no": 1}}


def names(decide: Decide) -> list[str]:
    headers = {"x-amz-target": "DynamoDB_20120810.BatchWriteItem"}
    puts = [{"PutRequest": {"Item": {"pk": {"S": str(n)}}}} for n in range(4)]
    asked = Asked("POST", "/", headers, json.dumps({"RequestItems": {"t": puts}}).encode())
    return [decide(asked).name for _ in range(5000)]


def test_the_same_seed_gives_the_same_faults_of_every_kind() -> None:
    found = names(AwsFaults(7, lambda: 30.0))
    assert found == names(AwsFaults(7, lambda: 30.0))
    assert found != names(AwsFaults(8, lambda: 30.0))
    kinds = {"", "throttled", "error 500", "reset", "lost answer", "slow", "items left over"}
    assert set(found) == kinds
    assert "hot table" in names(AwsFaults(7, lambda: 1.0))
    sugar = {SugarFaults(7)(Asked("GET", "/soap.php?wsdl", {}, b"")).name}
    assert sugar == {NOTHING.name}
    assert len(set(names(SugarFaults(7)))) == 9
