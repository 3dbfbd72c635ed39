import { fill, h, postJson, Table, text, toast, when, type Child, type Column } from "@shera/kit";
import type { ApplicationLine, Running } from "./model";
import { imageName, pods, qualityPill, statePill, urgency } from "./states";

/** An application with what runs of it; `running` is null until that is known. */
export interface ApplicationRow {
  readonly tenant: string;
  readonly tenantUrl: string;
  readonly application: ApplicationLine;
  readonly running: readonly Running[] | null;
}

/** The table of applications, the ones that ask for a hand first. */
export function applicationsTable(withTenant: boolean, whenEmpty: () => HTMLElement): Table<ApplicationRow> {
  const columns: Column<ApplicationRow>[] = [
    { title: text("applications.name"), value: (row) => row.application.title, cell: nameCell },
    { title: text("applications.state"), value: (row) => urgency(row.running ?? []), cell: perEnvironment(stateLine) },
    { title: text("applications.image"), cell: perEnvironment((one) => [imageName(one), qualityPill(one.quality)]) },
    { title: text("applications.pods"), cell: perEnvironment(pods) },
    { title: text("applications.lastChange"), value: (row) => row.application.lastChange?.at, cell: changeCell },
  ];
  if (withTenant)
    columns.splice(1, 0, { title: text("applications.tenant"), value: (row) => row.tenant, cell: tenantCell });
  return new Table<ApplicationRow>({
    label: text("applications"),
    columns,
    key: (row) => `${row.tenant}/${row.application.name}`,
    searchText,
    searchHint: text("applications.search"),
    filters: [
      { label: text("applications.favourites"), keeps: (row) => row.application.favourite === true },
      { label: text("applications.attention"), keeps: (row) => row.running !== null && urgency(row.running) < 2 },
      {
        label: text("applications.moving"),
        keeps: (row) =>
          (row.running ?? []).some((one) => /^(Initialized|Progressing|Promoting|Paused)$/.test(one.state)),
      },
    ],
    sortedBy: withTenant ? 2 : 1,
    whenEmpty,
  });
}

function tenantCell({ tenant, tenantUrl }: ApplicationRow): Child {
  return h("a", { href: tenantUrl }, tenant);
}

function nameCell({ application }: ApplicationRow): Child {
  return h(
    "div",
    {},
    h(
      "div",
      { class: "shera-row" },
      typeof application.favourite === "boolean" && star(application, application.favourite),
      h("a", { href: application.url }, h("b", {}, application.title)),
    ),
    application.description && h("div", { class: "shera-muted shera-small" }, application.description),
  );
}

/** Makes the application a favourite, or no longer. */
function star(application: ApplicationLine, at: boolean): HTMLElement {
  let favourite = at;
  const button = h("button", { type: "button", class: "shera-star" });
  const draw = () => {
    button.setAttribute("aria-pressed", String(favourite));
    button.setAttribute("aria-label", text("applications.favourite", application.title));
    button.title = text(favourite ? "applications.favourite.drop" : "applications.favourite.add");
    fill(button, favourite ? "\u2605" : "\u2606");
  };
  button.addEventListener("click", () => {
    favourite = !favourite;
    draw();
    postJson(`${application.url.replace(/\/$/, "")}/favourite`, { favourite }).catch((thrown: unknown) => {
      favourite = !favourite;
      draw();
      toast(thrown instanceof Error ? thrown.message : String(thrown));
    });
  });
  draw();
  return button;
}

function stateLine(one: Running): Child {
  return [statePill(one), h("span", { class: "shera-muted" }, one.environment)];
}

function perEnvironment(draw: (one: Running) => Child): (row: ApplicationRow) => Child {
  return ({ running }) => {
    if (running === null) return h("div", { class: "shera-skeleton" });
    return h("div", { class: "shera-lines" }, ...running.map((one) => h("div", { class: "shera-row" }, draw(one))));
  };
}

function changeCell({ application }: ApplicationRow): Child {
  const change = application.lastChange;
  if (!change) return h("span", { class: "shera-muted" }, text("applications.unchanged"));
  return h(
    "div",
    { class: "shera-change" },
    change.title,
    h("div", { class: "shera-muted shera-small" }, when(change.at), ` · ${change.actor}`),
  );
}

function searchText({ tenant, application, running }: ApplicationRow): string {
  const parts = (running ?? []).flatMap((one) => [one.environment, one.image, one.state]);
  return [
    tenant,
    application.name,
    application.title,
    application.description,
    ...application.environments,
    ...parts,
  ].join(" ");
}
