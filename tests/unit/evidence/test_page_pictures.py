"""Pages as pictures: drawn in a limited child, personal identity numbers painted over, kept and gone with the file."""

import io
from pathlib import Path

import pytest
from docx import Document
from PIL import Image

from compliance.evidence import page_pictures
from compliance.evidence.page_pictures import page_picture
from compliance.evidence.store import PICTURES, FolderStore

FOLDER = Path(__file__).parents[2] / "evidence_files"


def sample(name: str) -> bytes:
    return (FOLDER / f"{name}.pdf").read_bytes()


@pytest.fixture
def store(tmp_path) -> FolderStore:
    return FolderStore(tmp_path)


def kept(store: FolderStore) -> list[str]:
    return [path.name for path in (store.folder / PICTURES).rglob("*") if path.is_file()]


def test_a_page_is_drawn_once_and_kept_under_the_files_address(store, monkeypatch):
    address = store.put(sample("certificate_sv_value_beside_label"))
    first = page_picture(store, address, 1)
    assert Image.open(io.BytesIO(first.png)).width > first.width > 500
    assert kept(store) == [f"{address}-1"]
    monkeypatch.setattr(page_pictures, "run_child", None)
    assert page_picture(store, address, 1) == first


def test_personal_identity_numbers_are_painted_over(store):
    address = store.put(sample("policy_sv_with_personal_number"))
    picture = page_picture(store, address, 1)
    assert (picture.masked, picture.looked) == (2, True)
    painted = [pixel for _, pixel in Image.open(io.BytesIO(picture.png)).getcolors(100_000)]
    assert (70, 70, 70) in painted


@pytest.mark.parametrize(
    ("name", "page"),
    [
        ("encrypted_with_user_password", 1),
        ("program_called_pdf", 1),
        ("certificate_sv_value_beside_label", 9),
    ],
)
def test_what_cannot_be_drawn_is_no_picture(store, name, page):
    assert page_picture(store, store.put(sample(name)), page) is None


def test_a_page_number_from_an_address_is_not_taken_beyond_reason(store):
    address = store.put(sample("certificate_sv_value_beside_label"))
    assert page_picture(store, address, 10**9) is None
    assert not kept(store)


def test_pictures_go_with_the_file_and_are_no_files_of_their_own(store):
    address = store.put(sample("certificate_sv_value_beside_label"))
    page_picture(store, address, 1)
    assert list(store) == [address]
    store.remove(address)
    assert not kept(store)


def test_of_a_word_file_the_paragraphs_around_the_place_are_given(store):
    document, file = Document(), io.BytesIO()
    for text in ("Arbetsmiljöpolicy", "Beslutad 2025-03-14", "Kontakt 811218-9876"):
        document.add_paragraph(text)
    document.save(file)
    picture = page_picture(store, store.put(file.getvalue()), 2)
    assert [here for _, here in picture.paragraphs] == [False, True, False]
    assert "9876" not in str(picture.paragraphs)


def test_a_child_that_lies_about_the_page_is_not_believed(store, monkeypatch):
    address = store.put(b"%PDF-1.4")
    for said in (b'{"width": "x"}\nPNG', b"[]\n", b"no json\n", b'{"width": 1, "height": 1}\n<svg>'):
        monkeypatch.setattr(page_pictures, "run_child", lambda *_, s=said: (0, b"ready\n" + s))
        assert page_picture(store, address, 1) is None
        for name in kept(store):
            (store.folder / PICTURES / address[:2] / name).unlink()
