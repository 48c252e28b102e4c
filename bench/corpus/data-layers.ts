/** Layers of a package that describe: models, schemas, queries, constants, migrations. Most of what stands in them matters to no rule. */

import type { Write } from "./code-layers.ts";
import { DESCRIPTION } from "./description.ts";
import { entityImports, logger, until } from "./parts.ts";
import { PLAIN } from "./statements.ts";

export const DATA_LAYERS: Readonly<Record<string, Write>> = {
  repository(w, lines, _plan, owner) {
    entityImports(w, owner, false);
    w.use("app.platform.database", "Repository");
    logger(w);
    if (owner.isDjango) w.use("django.db.models", "Q");
    w.add(`class ${w.E}Repository(Repository[${w.E}]):`);
    w.add(`"""Reads and writes ${w.e} rows."""\n\nmodel = ${w.E}\n`, 1);
    const fields = [...DESCRIPTION.fields];
    until(w, lines, (n) => {
      const isAsync = !owner.isDjango;
      const field = fields[n] ?? `${w.word()}_${w.field()}_${n}`;
      w.add(
        `${isAsync ? "async " : ""}def list_by_${field}(self, value, values: dict | None = None) -> list[${w.E}]:`,
        1,
      );
      w.add("values = values or {}", 2);
      for (let i = w.random.below(3); i > 0; i--) w.add(w.random.of(PLAIN)(w, { isAsync }), 2);
      if (isAsync) {
        w.add(`query = select(${w.E}).where(${w.E}.${w.field()} == value).order_by(${w.E}.created_at.desc())`, 2);
        if (w.chance(0.5))
          w.add(
            `if values.get("${w.field()}"):\n    query = query.where(${w.E}.${w.field()}.in_(values["${w.field()}"])).limit(${w.number()})`,
            2,
          );
        w.add("result = await self.session.execute(query)\nreturn list(result.scalars().all())\n", 2);
      } else w.add(`return list(${w.E}.objects.filter(Q(${w.field()}=value) | Q(${w.field()}=value)))\n`, 2);
    });
  },

  models(w, lines, _plan, owner) {
    const base = owner.isDjango ? "models.Model" : "Base";
    if (owner.isDjango) w.use("django.db", "models");
    else {
      for (const name of ["Mapped", "mapped_column", "relationship"]) w.use("sqlalchemy.orm", name);
      for (const name of ["ForeignKey", "String", "Integer"]) w.use("sqlalchemy", name);
      w.use("app.platform.database", "Base");
    }
    until(w, lines, (n) => {
      const name = n === 0 ? w.E : `${w.E}${w.random.of(["Event", "Line", "Tag", "Link", "State", "Share"])}${n}`;
      w.add(`class ${name}(${base}):`);
      if (!owner.isDjango) w.add(`__tablename__ = "${owner.area}_${w.e}_${n}"\n`, 1);
      if (!owner.isDjango) w.add("id: Mapped[int] = mapped_column(primary_key=True)", 1);
      for (const field of DESCRIPTION.fields) {
        if (n > 0 && w.chance(0.6)) continue;
        w.add(
          owner.isDjango
            ? `${field} = models.CharField(max_length=${w.number(200)}, null=True)`
            : w.chance(0.4)
              ? `${field}: Mapped[str | None] = mapped_column(String(${w.number(200)}), nullable=True)`
              : `${field}: Mapped[str | None]`,
          1,
        );
      }
      if (n > 0 && !owner.isDjango)
        w.add(
          `${w.e}_id: Mapped[int] = mapped_column(ForeignKey("${owner.area}_${w.e}_0.id"))\n${w.e}: Mapped["${w.E}"] = relationship(lazy="raise")`,
          1,
        );
      if (w.chance(0.5))
        w.add(
          `\n@property\ndef is_${w.word()}(self) -> bool:\n    return self.${w.field()} == "${w.word()}" and self.${w.field()} is not None`,
          1,
        );
      if (n === 0)
        w.add(
          `\ndef check(self, expected: str) -> None:\n    if self.status != expected:\n        raise ValueError(f"{self.id} is {self.status}")`,
          1,
        );
      w.add("\n");
    });
  },

  schemas(w, lines, _plan, owner) {
    const plain = owner.isDjango;
    if (plain) w.use("rest_framework", "serializers");
    else for (const name of ["BaseModel", "ConfigDict", "Field", "field_validator"]) w.use("pydantic", name);
    const names = ["Create", "Update", "Read"];
    until(
      w,
      Math.max(lines, 60),
      (n) => {
        w.add(`class ${w.E}${names[n] ?? `Part${n}`}(${plain ? "serializers.Serializer" : "BaseModel"}):`);
        if (!plain && n % 3 === 2) w.add("model_config = ConfigDict(from_attributes=True)\n", 1);
        for (let i = 3 + w.random.below(8); i > 0; i--)
          w.add(
            plain
              ? `${w.field()} = serializers.CharField(max_length=${w.number(200)}, required=False)`
              : w.chance(0.3)
                ? `${w.field()}: str | None = Field(default=None, max_length=${w.number(200)})`
                : `${w.field()}: str | None = None`,
            1,
          );
        if (!plain && w.chance(0.35)) {
          const field = w.field();
          w.add(
            `\n@field_validator("${field}", check_fields=False)\n@classmethod\ndef ${field}_is_known(cls, value: str | None) -> str | None:\n    if value is not None and len(value) > ${w.number()}:\n        raise ValueError("${field} is too long")\n    return value`,
            1,
          );
        }
        w.add("\n");
      },
      3,
    );
  },

  constants(w, lines) {
    w.add(`"""What is fixed about ${w.e} rows."""\n`);
    until(w, lines, (n) => {
      if (n % 3 === 0) w.add(`${`${w.word()}_${w.field()}_${n}`.toUpperCase()} = ${w.number()}`);
      else
        w.add(
          `${w.word()}_${w.field()}_${n}`.toUpperCase() +
            ` = {\n${Array.from({ length: 2 + w.random.below(10) }, () => `    "${w.word()}": ${w.number()},`).join("\n")}\n}\n`,
        );
    });
  },

  exceptions(w) {
    for (const [name, text] of [
      ["NotFound", "is not there"],
      ["NotPermitted", "is not permitted"],
      ["Conflict", "is there already"],
    ])
      w.add(
        `class ${w.E}${name}(Exception):\n    """A ${w.e} ${text}."""\n\n    def __init__(self, reference) -> None:\n        super().__init__(f"${w.e} {reference} ${text}")\n        self.reference = reference\n\n`,
      );
  },

  enums(w) {
    w.use("enum", "StrEnum");
    w.add(`class ${w.E}Status(StrEnum):`);
    for (const word of DESCRIPTION.words) w.add(`${word.toUpperCase()} = "${word}"`, 1);
  },

  factories(w, lines, _plan, owner) {
    entityImports(w, owner, false);
    w.use("pytest");
    until(w, lines, (n) => {
      w.add(`${n % 2 ? "@pytest.fixture\n" : ""}def make_${w.e}_${n}(session, **values) -> ${w.E}:`);
      w.add(
        `values.setdefault("${w.field()}", "${w.word()}")\nvalues.setdefault("${w.field()}", ${w.number()})\n${w.e} = ${w.E}(**values)\nsession.add(${w.e})\nreturn ${w.e}\n\n`,
        1,
      );
    });
  },

  migration(w, lines, _plan, owner) {
    w.add(`"""${w.verb()} ${w.field()} of ${w.e}."""`);
    w.use("sqlalchemy as sa");
    w.use("alembic", "op");
    w.add(`\nrevision = "${w.number(99999)}"\ndown_revision = "${w.number(99999)}"\n\n\ndef upgrade() -> None:`);
    until(w, lines * 0.7, () =>
      w.add(
        `op.add_column(\n    "${owner.area}_${w.e}",\n    sa.Column("${w.field()}", sa.String(${w.number(200)}), nullable=True),\n)`,
        1,
      ),
    );
    w.add("\n\ndef downgrade() -> None:");
    until(w, lines, () => w.add(`op.drop_column("${owner.area}_${w.e}", "${w.field()}")`, 1));
  },
};
