"""Files that are sent: what they hold, what would be read, and what comes of it."""

from __future__ import annotations

import errno
import io
import os
import stat
from pathlib import Path

import pytest
import xlsxwriter
from flask.testing import FlaskClient

from graph_service.api import uploads
from graph_service.api.app import create_app
from graph_service.api.key_file import add_key, read_keys
from graph_service.errors import NotFound, StoreUnavailable
from graph_service.graph import Graph
from graph_service.uploads import firms
from graph_service.uploads.folder import Upload
from graph_service.uploads.jobs import Jobs, Order
from graph_service.uploads.look import LookItem, look
from tests.api.conftest import API, INNS, loaded, send, sent


def test_a_file_is_recognised_previewed_loaded_found_and_taken_back(client: FlaskClient) -> None:
    upload = sent(client)
    assert (upload["name"], upload["format"], upload["rows"]) == ("поставки.csv", "table", 3)
    meanings = {column["name"]: (column["role"], column["kind"]) for column in upload["columns"]}
    assert meanings["Поставщик"] == ("supplier", "name")
    assert meanings["ИНН покупателя"] == ("customer", "inn")
    assert meanings["Товар"] == (None, "goods")
    shown = client.post(f"{API}/uploads/{upload['id']}/preview", json={}).get_json()["preview"]
    first = shown["items"][0]
    assert (first["type"], first["subject"], first["target"], first["product"]) == (
        "SUPPLIES", "ООО «Ромашка»", "АО «Завод»", "Цемент",
    )  # fmt: skip
    assert float(first["figures"]["value"]) == 1_500_000
    assert first["figures"]["currency"] == "RUB"
    assert shown["rows_rejected"] == 1
    assert "7707083894" in shown["rejects"][0]["reason"]
    assert client.get(f"{API}/loads").get_json()["data"]["total"] == 0, "a preview writes nothing"

    job = loaded(client, upload["id"], source="Отдел закупок", rank=2)
    assert job["state"] == "done"
    assert job["report"]["rows_rejected"] == 1
    assert job["report"]["claims_by_type"]["SUPPLIES"] == 2
    found = client.get(f"{API}/entities/{INNS[1]}/suppliers").get_json()["data"]
    assert {item["entity"]["name"] for item in found["items"]} == {"ООО «Ромашка»", "ООО «Василёк»"}
    (source,) = [s for s in client.get(f"{API}/sources").get_json()["data"]["items"] if s["name"] == "Отдел закупок"]
    assert source["rank"] == 2
    with client.get(f"{API}/jobs/{upload['id']}/rejects") as rejects:
        assert rejects.headers["Content-Disposition"].startswith("attachment")
        assert "ООО «Репей»" in rejects.get_data(as_text=True)

    load = job["report"]["load"]
    assert client.get(f"{API}/loads").get_json()["data"]["items"][0]["holder"].startswith(job["by"])
    assert client.post(f"{API}/loads/{load}/undo").status_code == 200
    assert client.get(f"{API}/entities/{INNS[1]}/suppliers").status_code == 404


def test_corrected_rejects_are_sent_again_and_complete_the_load(client: FlaskClient) -> None:
    upload = sent(client)
    loaded(client, upload["id"], source="Отдел закупок", rank=2)
    with client.get(f"{API}/jobs/{upload['id']}/rejects") as response:
        rejects = response.get_data().decode("utf-8-sig")
    again = sent(client, "исправлено.csv", rejects.replace("7707083894", "5024093363"))
    assert (again["source"], again["rank"], again["mapping"]) == ("Отдел закупок", 2, upload["mapping"])
    job = loaded(client, again["id"], source=again["source"], rank=again["rank"])
    assert (job["state"], job["report"]["rows_rejected"]) == ("done", 0), job
    plants = client.get(f"{API}/entities?q=Завод").get_json()["data"]["items"]
    assert [item["entity"]["name"] for item in plants] == ["АО «Завод»"]
    found = client.get(f"{API}/entities/{INNS[1]}/suppliers").get_json()["data"]
    assert {item["entity"]["name"] for item in found["items"]} == {"ООО «Ромашка»", "ООО «Василёк»", "ООО «Репей»"}


def test_what_was_announced_of_rejects_holds_when_nothing_else_is_said(client: FlaskClient) -> None:
    upload = sent(client)
    loaded(client, upload["id"], source="Отдел закупок", rank=2)
    again = sent(client, "исправлено.csv", _rejects(client, upload["id"]).replace("7707083894", "5024093363"))
    assert (again["source"], again["rank"]) == ("Отдел закупок", 2)
    assert loaded(client, again["id"])["state"] == "done"
    assert _sources(client) == {"Отдел закупок"}


def test_the_preview_shows_bounds_shares_and_whoever_has_only_numbers(client: FlaskClient) -> None:
    text = (
        "type,from,to,from_label,to_label,value_min,value_max,currency,quantity_max,unit,sales_share\n"
        "SUPPLIES,inn:7707083893,ogrn:1027700132195,Company,Company,10,20,RUB,7,t,40%\n"
    )
    upload = sent(client, "own.csv", text)
    shown = client.post(f"{API}/uploads/{upload['id']}/preview", json={}).get_json()["preview"]
    (claim,) = [item for item in shown["items"] if item["type"] == "SUPPLIES"]
    told = {name: claim["figures"].get(name) for name in ("value", "quantity", "sales_share")}
    assert told == {"value": "10–20", "quantity": "≤ 7", "sales_share": "0.4"}
    assert (claim["subject"], claim["target"]) == ("7707083893", "1027700132195")


def test_a_sheet_beside_a_mapping_is_the_only_one_read(client: FlaskClient) -> None:
    book = io.BytesIO()
    with xlsxwriter.Workbook(book, {"in_memory": True}) as workbook:
        for name, supplier in (("Лист1", "ООО «А»"), ("Лист2", "ООО «Б»")):
            sheet = workbook.add_worksheet(name)
            sheet.write_row(0, 0, ["Поставщик", "Покупатель", "Сумма, руб."])
            sheet.write_row(1, 0, [supplier, "АО «Завод»", 5])
    upload = send(client, "книга.xlsx", book.getvalue()).get_json()["upload"]
    address = f"{API}/uploads/{upload['id']}/preview"
    both = client.post(address, json={"mapping": upload["mapping"]}).get_json()["preview"]
    one = client.post(address, json={"mapping": upload["mapping"], "sheet": "Лист2"}).get_json()["preview"]
    assert (both["rows_read"], one["rows_read"], one["items"][0]["subject"]) == (2, 1, "ООО «Б»")
    body = {"mapping": one["mapping"], "sheet": "Лист1"}
    assert client.post(address, json=body).get_json()["parameter"] == "sheet"


def test_a_mapping_nested_without_end_is_refused(client: FlaskClient) -> None:
    upload = sent(client)
    response = client.post(f"{API}/uploads/{upload['id']}/preview", json={"mapping": "- " * 2000})
    assert (response.status_code, response.get_json()["code"]) == (422, "bad-input")


def test_a_file_that_somebody_removes_meanwhile_is_gone(client: FlaskClient, jobs: Jobs) -> None:
    upload = jobs.folder.find(sent(client)["id"])
    order = Order(
        format="table", mapping=None, source=None, rank=None, mode="incremental", by="tests", tries=1, lang="en"
    )
    jobs.remove(upload)
    with pytest.raises(NotFound):
        jobs.start(upload, order)


def test_rejects_that_may_be_of_several_loads_are_taken_for_none(client: FlaskClient) -> None:
    first, second = sent(client), sent(client)
    loaded(client, first["id"], source="Завод А")
    loaded(client, second["id"], source="Завод Б")
    again = sent(client, "исправлено.csv", _rejects(client, first["id"]))
    assert "source" not in again
    assert client.delete(f"{API}/uploads/{second['id']}").status_code == 204
    assert sent(client, "исправлено.csv", _rejects(client, first["id"]))["source"] == "Завод А"
    other = "file,sheet,row,reason,Город,Название\nпоставки.csv,,4,—,Тверь,ООО «Репей»\n"
    assert "source" not in sent(client, "другое.csv", other), "the columns are those of another file"


def _rejects(client: FlaskClient, upload: str) -> str:
    with client.get(f"{API}/jobs/{upload}/rejects") as response:
        return response.get_data().decode("utf-8-sig")


def _sources(client: FlaskClient) -> set[str]:
    return {source["name"] for source in client.get(f"{API}/sources").get_json()["data"]["items"]}


def test_what_to_know_of_a_file_is_said_in_both_languages(client: FlaskClient) -> None:
    loaded(client, sent(client)["id"], source="Отдел закупок")
    row = f"ООО «Ромашка»;{INNS[0]};Ромашка;ООО «Репей»;Цемент;5;12.03.2026\n"
    text = (
        "Поставщик;ИНН поставщика;Поставщик кратко;Покупатель;Товар;Сумма, руб.;Дата\n" + row + row + "Итого;;;;;10;\n"
    )
    upload = sent(client, "ещё.csv", text + "ООО «Василёк»;7707083894;;АО «Завод»;;7;\n")
    columns = [{name: column[name] for name in ("name", "kind", "role")} for column in upload["columns"]]
    columns[2] = {"name": "Поставщик кратко", "kind": "name", "role": "supplier"}
    body = {"columns": columns, "source": "Отдел закупок"}
    shown = client.post(f"{API}/uploads/{upload['id']}/preview", json=body).get_json()["preview"]
    assert [note["code"] for note in shown["notes"]] == ["one-meaning", "totals", "repeated-deliveries"]
    assert "«Поставщик кратко»" in shown["notes"][0]["en"]
    assert shown["notes"][2]["ru"].startswith("строки, которые во всём прочитанном повторяют более ранние: 3")
    (reject,) = shown["rejects"]
    assert (reject["row"], reject["sheet"], reject["reason"]) == (5, None, reject["words"]["en"])
    assert reject["words"]["ru"] == "ИНН поставщика: ИНН «7707083894» неверен: не сходится контрольная цифра"
    found = shown["firms"]
    assert [(item["name"], item["by"]) for item in found["known"]["items"]] == [("ООО «Ромашка»", "inn")]
    assert (found["new"]["total"], found["new"]["items"][0]["name"], found["alike"]["total"]) == (1, "ООО «Репей»", 0)
    elsewhere = client.post(f"{API}/uploads/{upload['id']}/preview", json=body | {"source": "Другой"}).get_json()
    assert elsewhere["preview"]["firms"]["known"]["total"] == 1

    job = loaded(client, upload["id"], lang="ru", **body)
    assert [note["code"] for note in job["report"]["notes"]] == ["totals", "repeated-deliveries"]
    with client.get(f"{API}/jobs/{upload['id']}/rejects") as response:
        rejects = response.get_data().decode("utf-8-sig")
    assert "не сходится контрольная цифра" in rejects
    again = sent(client, "исправлено.csv", rejects.replace("7707083894", "5024093363"))
    fixed = client.post(f"{API}/uploads/{again['id']}/preview", json={"source": "Отдел закупок"}).get_json()["preview"]
    assert (fixed["rows_read"], fixed["rows_rejected"]) == (1, 0)
    namesake = fixed["firms"]["alike"]["items"][0]
    assert (namesake["name"], namesake["known"]["name"], namesake["by"]) == ("ООО «Василёк»", "ООО «Василёк»", None)


def test_how_many_new_firms_were_compared_and_by_what_the_others_are_known_is_said(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "Поставщик;Покупатель\nООО «А»;ООО «Б»\n"
    loaded(client, sent(client, "a.csv", text)["id"], source="Один")
    monkeypatch.setattr(firms, "MOST_COMPARED", 1)
    upload = sent(client, "b.csv", text)["id"]
    found = client.post(f"{API}/uploads/{upload}/preview", json={"source": "Другой"}).get_json()["preview"]["firms"]
    assert (found["new"]["total"], found["compared"], found["alike"]["total"]) == (2, 1, 1)
    found = client.post(f"{API}/uploads/{upload}/preview", json={"source": "Один"}).get_json()["preview"]["firms"]
    assert [(item["name"], item["by"]) for item in found["known"]["items"]] == [
        ("ООО «А»", "source"),
        ("ООО «Б»", "source"),
    ]
    assert (found["new"]["total"], found["compared"]) == (0, 0)


def test_a_preview_looks_at_the_sheet_once(
    client: FlaskClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "book.xlsx")) as book:
        for name in ("2025", "2026"):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, ("Поставщик", "Покупатель"))
            sheet.write_row(1, 0, ("ООО «А»", "ООО «Б»"))
    upload = send(client, "book.xlsx", (tmp_path / "book.xlsx").read_bytes()).get_json()["upload"]
    looks: list[str | None] = []

    def counted(upload: Upload, sheet: str | None = None) -> LookItem:
        looks.append(sheet)
        return look(upload, sheet)

    monkeypatch.setattr(uploads, "look", counted)
    assert client.post(f"{API}/uploads/{upload['id']}/preview", json={"sheet": "2026"}).status_code == 200
    assert looks == ["2026"]


def test_the_sheet_of_a_workbook_is_chosen(client: FlaskClient, tmp_path: Path) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "book.xlsx")) as book:
        for name, rows in (
            ("2025", [("Поставщик", "Покупатель", "Дата"), ("ООО «А»", "ООО «Б»", "01.02.2025")]),
            ("О файле", [("Составлено отделом закупок",)]),
            ("2026", [("Поставщик", "Покупатель", "Дата"), ("ООО «В»", "ООО «Б»", "01.02.2026")]),
            ("Цены", [("Поставщик", "Цена"), ("ООО «Г»", "5")]),
        ):
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    upload = send(client, "book.xlsx", (tmp_path / "book.xlsx").read_bytes()).get_json()["upload"]
    assert (upload["sheet"], upload["sheets"]) == ("2025", ["2025", "2026", "Цены"])
    at = f"{API}/uploads/{upload['id']}"
    every = client.post(f"{at}/preview", json={}).get_json()["preview"]
    assert (every["rows_read"], every["notes"][0]["code"]) == (2, "sheets")
    assert every["notes"][0]["ru"] == "прочитаны листы: 2025, 2026; не прочитаны: О файле, Цены"
    other = client.get(f"{at}?sheet=2026").get_json()["upload"]
    assert (other["sheet"], other["columns"][0]["example"]) == ("2026", "ООО «В»")
    one = client.post(f"{at}/preview", json={"sheet": "2026"}).get_json()["preview"]
    assert (one["rows_read"], one["items"][0]["subject"]) == (1, "ООО «В»")
    columns = [{name: column[name] for name in ("name", "kind", "role")} for column in other["columns"]]
    said = {"sheet": "2026", "columns": columns, "source": "Отдел закупок", "rank": 2}
    assert loaded(client, upload["id"], **said)["report"]["rows_read"] == 1
    kept = client.get(at).get_json()["said"]
    assert kept["columns"][0] == columns[0]
    assert {name: kept[name] for name in ("sheet", "source", "rank")} == {
        "sheet": "2026",
        "source": "Отдел закупок",
        "rank": 2,
    }
    unknown = client.get(f"{at}?sheet=2027")
    assert (unknown.status_code, unknown.get_json()["parameter"]) == (422, "sheet")
    assert (
        "did you mean '2026'" in unknown.get_json()["detail"] or "did you mean '2025'" in unknown.get_json()["detail"]
    )


def test_meanings_can_be_corrected(client: FlaskClient) -> None:
    text = f"От кого;Кому;Сколько\nРомашка;Завод;5\nВасилёк;{INNS[0]};6\n"
    upload = sent(client, "list.csv", text)
    assert "unclear" in upload
    refused = client.post(f"{API}/uploads/{upload['id']}/preview", json={})
    assert refused.status_code == 422
    columns = [
        {"name": "От кого", "kind": "name", "role": "supplier"},
        {"name": "Кому", "kind": "name", "role": "customer"},
        {"name": "Сколько", "kind": "text"},
    ]
    shown = client.post(f"{API}/uploads/{upload['id']}/preview", json={"columns": columns}).get_json()["preview"]
    assert [(item["subject"], item["target"]) for item in shown["items"][:1]] == [("Ромашка", "Завод")]
    assert "supplier:" in shown["mapping"]
    columns[1]["role"] = "firm"
    mixed = client.post(f"{API}/uploads/{upload['id']}/preview", json={"columns": columns})
    assert (mixed.status_code, mixed.get_json()["parameter"]) == (422, "firm")
    columns[1] = {"name": "Кому", "kind": "city", "role": "customer"}
    nobody = client.post(f"{API}/uploads/{upload['id']}/preview", json={"columns": columns})
    assert (nobody.status_code, nobody.get_json()["parameter"]) == (422, "customer")
    broken = client.post(f"{API}/uploads/{upload['id']}/preview", json={"mapping": "name: x\nentitys: {}"})
    assert broken.status_code == 422
    assert "entitys" in broken.get_json()["detail"]


def test_the_claims_format_needs_no_mapping(client: FlaskClient) -> None:
    upload = sent(client, "claims.csv", "type,from,to\nSUPPLIES,ООО «А»,ООО «Б»\n")
    assert upload["format"] == "claims"
    shown = client.post(f"{API}/uploads/{upload['id']}/preview", json={}).get_json()["preview"]
    assert (shown["items"][0]["subject"], shown["items"][0]["target"]) == ("ООО «А»", "ООО «Б»")
    assert loaded(client, upload["id"])["state"] == "done"


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("firms.pdf", b"%PDF", "known: .csv"),
        ("firms.csv", b"", "is empty"),
        ("firms.xlsx", b"PK\x03\x04 broken", "firms.xlsx"),
        ("firms.csv", b"one\n", "no table"),
        ("../../etc/x.csv", b"", "x.csv is empty"),
        ("a" * 300 + ".csv", b"a", "longer"),
    ],
)
def test_what_cannot_be_read_is_said_and_not_kept(
    client: FlaskClient, jobs: Jobs, name: str, content: bytes, words: str
) -> None:
    response = send(client, name, content)
    assert response.status_code == 422, response.get_data(as_text=True)
    assert words in response.get_json()["detail"]
    assert list(jobs.folder.all()) == []


def test_a_name_never_leads_out_of_the_folder(client: FlaskClient, jobs: Jobs) -> None:
    upload = sent(client, "..\\..\\x/../поставки.csv")
    assert upload["name"] == "поставки.csv"
    for id in ("..", "u0", "%2e%2e", upload["id"] + "/.."):
        assert client.get(f"{API}/jobs/{id}").status_code == 404
    assert client.delete(f"{API}/uploads/{upload['id']}").status_code == 204
    assert client.get(f"{API}/uploads/{upload['id']}").status_code == 404
    assert list(jobs.folder.path.iterdir()) == []


def test_only_editors_send_files(graph: Graph, jobs: Jobs, tmp_path: Path) -> None:
    viewer = add_key(tmp_path / "keys.json", "vera", "viewer")
    client = create_app(graph, keys=read_keys(tmp_path / "keys.json"), jobs=jobs).test_client()
    headers = {"Authorization": f"Bearer {viewer}"}
    response = client.post(f"{API}/uploads", data={"file": (io.BytesIO(b"a"), "a.csv")}, headers=headers)
    assert response.status_code == 403
    assert client.get(f"{API}/jobs", headers=headers).status_code == 403


def test_guessed_columns_sent_back_unchanged_are_the_guess(client: FlaskClient) -> None:
    text = (
        f"Номер;Поставщик;ИНН;Покупатель;ИНН 2;Сумма, тыс. руб.\n17;ООО «А»;{INNS[0]};ООО «Б»;{INNS[1]};5 тыс. руб.\n"
    )
    upload = sent(client, "list.csv", text + text.splitlines()[1] + "\n")
    columns = [{name: column[name] for name in ("name", "kind", "role")} for column in upload["columns"]]
    assert "number" in {column["kind"] for column in columns}
    shown = client.post(f"{API}/uploads/{upload['id']}/preview", json={"columns": columns})
    assert shown.status_code == 200, shown.get_data(as_text=True)
    assert shown.get_json()["preview"]["mapping"] == upload["mapping"]


def test_a_disk_that_is_full_is_said_and_leaves_nothing(jobs: Jobs) -> None:
    class Full(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with pytest.raises(StoreUnavailable, match="No space left"):
        jobs.folder.keep("a.csv", Full())
    assert list(jobs.folder.path.iterdir()) == []


def test_nobody_else_on_the_machine_reads_what_was_sent(client: FlaskClient, jobs: Jobs) -> None:
    upload = jobs.folder.find(sent(client)["id"])
    assert {stat.S_IMODE(folder.stat().st_mode) for folder in (jobs.folder.path, upload.folder)} == {0o700}
