"""A guarded model cannot be read without a viewer: every way of reading there is, over every guarded model.

Models and keys are found by introspection, so that a new one is held to this from its first day.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import FieldError
from django.db import models
from django.db.models import Count, Exists, F, Max, OuterRef, Prefetch
from django.db.models.fields.related import ManyToManyField, RelatedField

from communis.conversations.models import Share
from communis.looking.guarding import Refers, Visible
from communis.looking.viewers import PUBLIC_VIEWER, NoViewer
from communis.people.holdings import viewer_for
from tests.cast import Cast, letter

Model = type[models.Model]
OURS: list[Model] = list(apps.get_app_config("communis").get_models())
GUARDED = [model for model in OURS if isinstance(getattr(model, "visible", None), Visible)]
KEYS = [(model, field) for model in OURS for field in model._meta.get_fields() if isinstance(field, Refers)]

# From low to high: a foreign key points to its own package or to one before it.
LADDER = [
    "database",
    "journal",
    "looking",
    "people",
    "openness",
    "conversations",
    "widening",
    "behind_the_scenes",
    "answers",
    "attention",
    "search",
    "channels",
]

# Keys that do not protect what they point to, and why.
NOT_PROTECTED = {
    ("Place", "anchor"): "a place is a part of its anchor and says nothing without it",
    ("Imported", "draft"): "the person may throw the draft away; that it was imported is still known",
}


def names(model: Model) -> str:
    return model.__name__


def key_names(pair: tuple[Model, Refers] | Any) -> str:
    return f"{pair[0].__name__}.{pair[1].name}" if isinstance(pair, tuple) else str(pair)


def far(field: Refers) -> str:
    """A lookup that has to join through the key: a column of the far table that is not the key itself."""
    columns = [one.name for one in field.related_model._meta.concrete_fields if not one.primary_key]
    return f"{field.name}__{columns[0]}"


def test_what_has_to_be_guarded_is() -> None:
    needed = (
        "Contribution Revision Share Byline Authorship Person Circle File Activity Notice Conversation Line"
    )
    assert set(needed.split()) <= {model.__name__ for model in GUARDED}


WITHOUT_A_VIEWER: dict[str, Callable[[Any], Any]] = {
    "all": lambda manager: list(manager.all()),
    "filter": lambda manager: list(manager.filter(pk=1)),
    "exclude": lambda manager: list(manager.exclude(pk=1)),
    "get": lambda manager: manager.get(pk=1),
    "count": lambda manager: manager.count(),
    "exists": lambda manager: manager.exists(),
    "contains": lambda manager: manager.contains(manager.model(pk=1)),
    "first": lambda manager: manager.first(),
    "last": lambda manager: manager.last(),
    "earliest": lambda manager: manager.earliest("pk"),
    "latest": lambda manager: manager.latest("pk"),
    "iterator": lambda manager: list(manager.iterator()),
    "values": lambda manager: list(manager.values()),
    "values_list": lambda manager: list(manager.values_list()),
    "aggregate": lambda manager: manager.aggregate(Max("pk")),
    "annotate": lambda manager: list(manager.annotate(number=Count("pk"))),
    "in_bulk": lambda manager: manager.in_bulk([1]),
    "order_by": lambda manager: list(manager.order_by("pk")),
    "distinct": lambda manager: list(manager.distinct()),
    "only": lambda manager: list(manager.only("pk")),
    "defer": lambda manager: list(manager.defer("pk")),
    "none": lambda manager: list(manager.none()),
    "union": lambda manager: list(manager.union(manager)),
    "extra": lambda manager: list(manager.extra(where=["1=1"])),
    "select_related": lambda manager: list(manager.select_related()),
    "prefetch_related": lambda manager: list(manager.prefetch_related()),
    "select_for_update": lambda manager: list(manager.select_for_update()),
    "using": lambda manager: list(manager.using("default")),
    "create": lambda manager: manager.create(),
    "bulk_create": lambda manager: manager.bulk_create([]),
    "get_or_create": lambda manager: manager.get_or_create(pk=1),
    "update_or_create": lambda manager: manager.update_or_create(pk=1),
    "update": lambda manager: manager.update(pk=1),
    "bulk_update": lambda manager: manager.bulk_update([], ["pk"]),
    "explain": lambda manager: manager.explain(),
    "get_queryset": lambda manager: manager.get_queryset(),
    "to None": lambda manager: manager.to(None),
    "to a person": lambda manager: manager.to(object()),
}


@pytest.mark.django_db
@pytest.mark.parametrize("way", WITHOUT_A_VIEWER)
@pytest.mark.parametrize("model", GUARDED, ids=names)
def test_without_a_viewer_nothing_is_read(model: Model, way: str) -> None:
    with pytest.raises(NoViewer):
        WITHOUT_A_VIEWER[way](model.visible)


@pytest.mark.django_db
@pytest.mark.parametrize("model", GUARDED, ids=names)
def test_the_default_manager_is_the_guarded_one(model: Model) -> None:
    assert not hasattr(model, "objects")
    assert model._default_manager.name == "visible"
    with pytest.raises(NoViewer):
        list(model._default_manager.all())
    # The managers named in test_gate_source.py may not be written outside the package.
    assert {manager.name for manager in model._meta.managers} == {"visible", "everything"}


@pytest.mark.django_db
@pytest.mark.parametrize("model", GUARDED, ids=names)
def test_the_public_reads_through_the_gate(model: Model) -> None:
    assert list(model.visible.to(PUBLIC_VIEWER)) == []


THROUGH_A_KEY: dict[str, Callable[[Any, Refers], Any]] = {
    "filter": lambda rows, key: list(rows.filter(**{far(key): 1})),
    "exclude": lambda rows, key: list(rows.exclude(**{far(key): 1})),
    "get": lambda rows, key: rows.get(**{far(key): 1}),
    "values": lambda rows, key: list(rows.values(far(key))),
    "values_list": lambda rows, key: list(rows.values_list(far(key), flat=True)),
    "only": lambda rows, key: list(rows.select_related(key.name).only(far(key))),
    "order_by": lambda rows, key: list(rows.order_by(far(key))),
    "F": lambda rows, key: list(rows.annotate(far_off=F(far(key)))),
    "filter on F": lambda rows, key: list(rows.filter(pk=F(far(key)))),
    "annotate": lambda rows, key: list(rows.annotate(how_many=Count(far(key)))),
    "aggregate": lambda rows, key: rows.aggregate(Max(far(key))),
    "distinct count": lambda rows, key: rows.aggregate(number=Count(far(key), distinct=True)),
    "subquery": lambda rows, key: list(
        rows.filter(Exists(models.QuerySet(rows.model).filter(pk=OuterRef(far(key)))))
    ),
    "select_related": lambda rows, key: list(rows.select_related(key.name)),
    "alias": lambda rows, key: list(rows.alias(far_off=F(far(key))).order_by("far_off")),
    "update": lambda rows, key: rows.update(id=F(far(key))),
}


@pytest.mark.django_db
@pytest.mark.parametrize("way", THROUGH_A_KEY)
@pytest.mark.parametrize("pair", KEYS, ids=key_names)
def test_nothing_is_read_through_a_key(pair: tuple[Model, Refers], way: str) -> None:
    model, key = pair
    with pytest.raises((NoViewer, FieldError)) as raised:
        THROUGH_A_KEY[way](models.QuerySet(model), key)
    # Django itself refuses joins in an update; everything else is ours to refuse.
    assert way == "update" or raised.type is NoViewer


@pytest.mark.parametrize("pair", KEYS, ids=key_names)
def test_the_attribute_is_no_way_forward(pair: tuple[Model, Refers]) -> None:
    model, key = pair
    row = model(**{key.attname: 1})
    with pytest.raises(NoViewer):
        getattr(row, key.name)
    assert getattr(row, key.attname) == 1


@pytest.mark.parametrize("pair", KEYS, ids=key_names)
def test_assigning_keeps_only_the_number(pair: tuple[Model, Refers]) -> None:
    model, key = pair
    row = model(**{key.name: key.related_model(pk=7)})
    assert getattr(row, key.attname) == 7
    with pytest.raises(NoViewer):
        getattr(row, key.name)
    assert not row._state.fields_cache


@pytest.mark.parametrize("pair", KEYS, ids=key_names)
def test_prefetching_is_no_way_forward(pair: tuple[Model, Refers]) -> None:
    model, key = pair
    for lookup in (key.name, Prefetch(key.name, queryset=models.QuerySet(key.related_model))):
        with pytest.raises(NoViewer):
            models.prefetch_related_objects([model(pk=1, **{key.attname: 1})], lookup)


@pytest.mark.parametrize("model", OURS, ids=names)
def test_there_is_no_way_back(model: Model) -> None:
    back = [relation for relation in model._meta.get_fields(include_hidden=True) if relation.auto_created]
    ours = [one for one in back if getattr(one, "related_model", None) in OURS]
    assert [one.get_accessor_name() for one in ours if not one.hidden] == []


def relations() -> list[tuple[Model, RelatedField]]:
    return [
        (model, field)
        for model in OURS
        for field in model._meta.get_fields()
        if isinstance(field, RelatedField)
    ]


def test_every_key_to_a_guarded_model_refers() -> None:
    plain = [
        key_names((model, field))  # type: ignore[arg-type]
        for model, field in relations()
        if field.related_model in GUARDED and not isinstance(field, Refers)
    ]
    assert plain == []


def test_keys_point_down_the_ladder() -> None:
    def step(model: Model) -> int:
        return LADDER.index(model.__module__.split(".")[1])

    up = [
        f"{model.__name__}.{field.name}"
        for model, field in relations()
        if field.related_model in OURS and step(field.related_model) > step(model)
    ]
    assert up == []


def test_nothing_disappears_with_another() -> None:
    unprotected = {
        (model.__name__, field.name)
        for model, field in relations()
        if not isinstance(field, ManyToManyField) and field.remote_field.on_delete is not models.PROTECT
    }
    assert unprotected == set(NOT_PROTECTED)
    assert not [field for _, field in relations() if isinstance(field, ManyToManyField)]


def test_what_is_allowed_works(people: Cast) -> None:
    """The two forms a key may be used in, and a viewer in every queryset method there is."""
    share = letter("Tänk om.", people.elin, people.karin)
    karin, amina = viewer_for(people.karin.id), viewer_for(people.amina.id)
    rows = models.QuerySet(Share)
    assert rows.filter(conversation_id=share.conversation_id).count() == 1
    conversations = Share.visible.to(karin).values("conversation_id")
    assert rows.filter(conversation_id__in=conversations).count() == 1
    assert not rows.filter(conversation_id__in=Share.visible.to(amina).values("conversation_id")).exists()
    assert Share.visible.to(karin).get().pk == share.pk
    assert Share.visible.to(karin).in_bulk([share.pk]) and not Share.visible.to(amina).in_bulk([share.pk])
