"""The gate's mechanism: a guarded model cannot be read without a viewer, forwards, backwards or by join.

A guarded model has two managers. ``visible`` is the default one and raises ``NoViewer`` until
``visible.to(viewer)`` is written. ``everything`` is the loud word that only the model's own package may use
(a test walks the source for it). A foreign key to a guarded model is ``Refers``.
"""

from typing import Any, NoReturn

from django.db import models
from django.db.models.fields.related_descriptors import ForwardManyToOneDescriptor

from communis.looking.viewers import NoViewer, Viewer


class Visible(models.Manager[Any]):
    """The only way to read a guarded model from outside its package. Subclasses say who may see."""

    def get_queryset(self) -> NoReturn:
        raise NoViewer(f"{self.model.__name__}.visible.to(viewer)")

    def to(self, viewer: Viewer) -> models.QuerySet[Any]:
        """The rows this viewer may see, as an ordinary queryset."""
        if not isinstance(viewer, Viewer):
            raise NoViewer(f"{self.model.__name__}.visible.to() takes a Viewer, not {viewer!r}")
        rows: models.QuerySet[Any] = models.QuerySet(self.model, using=self._db)
        return self.seen_by(rows, viewer)

    def seen_by(self, rows: models.QuerySet[Any], viewer: Viewer) -> models.QuerySet[Any]:
        """Narrow all rows to those the viewer may see."""
        raise NotImplementedError(f"{type(self).__name__} has to say who may see its rows")


class Refuse(ForwardManyToOneDescriptor):  # type: ignore[type-arg]
    """``share.revision`` raises; assigning keeps the number alone, so that rows can be made."""

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        if instance is None:
            return self
        related = self.field.related_model
        raise NoViewer(f"{related.__name__}.visible.to(viewer).get(pk=….{self.field.attname})")

    def get_queryset(self, **hints: Any) -> NoReturn:
        # What ``prefetch_related`` would read through.
        raise NoViewer(f"prefetching {self.field.name}")

    def get_prefetch_querysets(self, instances: Any, querysets: Any = None) -> NoReturn:
        raise NoViewer(f"prefetching {self.field.name}")

    def __set__(self, instance: Any, value: models.Model | None) -> None:
        setattr(instance, self.field.attname, None if value is None else value.pk)


class Refers(models.ForeignKey):  # type: ignore[type-arg]
    """A foreign key to a guarded model: no way back, and no way forward past the gate (gate rule 3).

    ``thing.share_id`` and ``filter(share_id__in=Share.visible.to(viewer))`` work; the attribute, ``values``,
    ``select_related``, ``order_by`` and filters through the key raise ``NoViewer``.
    """

    forward_related_accessor_class = Refuse

    def __init__(self, to: Any, on_delete: Any = models.PROTECT, **options: Any) -> None:
        options["related_name"] = "+"
        super().__init__(to, on_delete, **options)

    def get_extra_restriction(self, alias: Any, related_alias: Any) -> NoReturn:
        raise NoViewer(f"a join through {self.name}")


class RefersOne(Refers):
    """``Refers``, at most one row each."""

    def __init__(self, to: Any, on_delete: Any = models.PROTECT, **options: Any) -> None:
        options["unique"] = True
        super().__init__(to, on_delete, **options)
