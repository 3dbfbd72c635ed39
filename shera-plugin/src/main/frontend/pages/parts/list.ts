import { appBar, confirm, curlPost, empty, fill, h, pill, postJson, Table, text, when, type Page } from "@shera/kit";
import type { ProjectLine, Projects, Written } from "./model";
import { gatePill, resultPill, short } from "./words";

/** All projects of the tenant, with what matters of each. */
export function drawList(page: Page, all: Projects): void {
  const create = () => h("a", { class: "jenkins-button jenkins-button--primary", href: "#new" }, text("newProject"));
  const table = new Table<ProjectLine>({
    label: text("projects"),
    key: (row) => row.name,
    searchText: (row) => `${row.name} ${row.image} ${row.gate}`,
    searchHint: text("search"),
    columns: [
      {
        title: text("name"),
        cell: (row) => h("a", { href: `#${row.name}` }, h("b", {}, row.name)),
        value: (row) => row.name,
      },
      {
        title: text("state"),
        cell: (row) =>
          row.last
            ? h("a", { href: `#${row.name}/${row.last.number}` }, `#${row.last.number} `, resultPill(row.last))
            : text("never"),
        value: (row) => row.last?.result ?? "",
      },
      { title: text("gate"), cell: (row) => gatePill(row.gate) ?? "–", value: (row) => row.gate },
      { title: text("image"), cell: (row) => imageOf(row.image), value: (row) => row.image },
      {
        title: text("when"),
        cell: (row) => (row.last ? when(row.last.startedAt) : "–"),
        value: (row) => row.last?.startedAt ?? "",
      },
    ],
    whenEmpty: () => empty(text("none"), text("none.why"), all.canCreate && create()),
  });
  fill(
    page.element,
    appBar(
      text("projects"),
      [
        h("a", { href: `${all.tenantUrl}/` }, pill("idle", all.title)),
        pill("idle", text("count", all.projects.length)),
      ],
      [all.canCreate && all.otherJobs.length > 0 && importButton(page, all), all.canCreate && create()],
    ),
    table.element,
  );
  table.show(all.projects);
}

function imageOf(reference: string): HTMLElement | string {
  if (reference === "") return "–";
  const [name, digest] = reference.split("@");
  return h("code", { title: reference }, `${(name ?? "").replace(/^[^/]*\//, "")} ${short(digest ?? "")}`);
}

function importButton(page: Page, all: Projects): HTMLElement {
  const select = h(
    "select",
    { class: "jenkins-select__input", "aria-label": text("job") },
    ...all.otherJobs.map((name) => h("option", { value: name }, name)),
  );
  const button = h("button", { type: "button", class: "jenkins-button" }, text("importJob"));
  button.addEventListener("click", () => {
    const body = { job: select.value };
    void confirm({
      title: `${text("importJob")}: ${select.value}`,
      consequences: [text("none.why")],
      verb: text("importJob"),
      byHand: () => ({ curl: curlPost(`${page.url}/import`, body) }),
      act: async () => {
        await postJson<Written>(`${page.url}/import`, body);
        location.hash = `#${body.job}`;
      },
    });
  });
  return h("span", { class: "shera-row" }, h("div", { class: "jenkins-select" }, select), button);
}
