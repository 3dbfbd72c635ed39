import {
  card,
  confirm,
  curlPost,
  empty,
  fill,
  h,
  pill,
  postJson,
  problemNotice,
  stepCall,
  Table,
  text,
  toast,
  when,
  type Page,
} from "@shera/kit";
import type { Project } from "./model";
import { short } from "./words";

interface Old {
  readonly digest: string;
  readonly at: string;
  readonly build: string;
  readonly tags: readonly string[];
  readonly goes: boolean;
  readonly why: string;
}

interface Plan {
  readonly name: string;
  readonly images: readonly Old[];
}

/** Looks which images of a name nothing needs any more, and deletes them. */
export function pruneCard(page: Page, project: Project): HTMLElement {
  const set = (name: string) => (typeof project.settings[name] === "string" ? String(project.settings[name]) : "");
  const image = field("prune.image", set("image"), "text");
  const keep = field("prune.keep", "10", "number");
  const tags = field("prune.tags", "latest, v*, release-*", "text");
  const output = h("div", { "aria-live": "polite" });
  const address = `${page.url}/prune`;
  const body = () => ({
    image: image.input.value.trim(),
    ...(set("registry") === "" ? {} : { registry: set("registry") }),
    keep: Number(keep.input.value),
    keepTags: tags.input.value,
  });
  const look = async () => {
    fill(output, h("p", { class: "shera-muted" }, text("prune.looking")));
    try {
      const plan = await postJson<Plan>(address, body());
      fill(output, ...planned(plan, () => ask(plan)));
    } catch (thrown) {
      fill(output, problemNotice(thrown));
    }
  };
  const ask = (plan: Plan) =>
    void confirm({
      title: text("prune.delete.title", count(plan), plan.name),
      consequences: [text("prune.delete.gone"), text("prune.delete.again")],
      verb: text("prune.delete", count(plan)),
      destructive: true,
      byHand: () => ({
        jenkinsfile: stepCall("pruneImages", body()),
        curl: curlPost(address, { ...body(), delete: true }),
      }),
      act: async () => {
        await postJson(address, { ...body(), delete: true });
        toast(text("prune.deleted"));
        await look();
      },
    });
  return card(text("prune"), [
    h("p", { class: "shera-muted" }, text("prune.why")),
    h(
      "div",
      { class: "shera-row shera-prune" },
      image.element,
      keep.element,
      tags.element,
      h("button", { type: "button", class: "jenkins-button", onclick: () => void look() }, text("prune.look")),
    ),
    output,
  ]);
}

function count(plan: Plan): number {
  return plan.images.filter((one) => one.goes).length;
}

function planned(plan: Plan, ask: () => void): (HTMLElement | false)[] {
  const table = new Table<Old>({
    label: text("prune"),
    key: (row) => row.digest,
    columns: [
      { title: text("image"), cell: (row) => h("code", { title: row.digest }, short(row.digest)) },
      { title: text("prune.tagged"), cell: (row) => row.tags.join(", ") || "–" },
      { title: text("when"), cell: (row) => when(row.at), value: (row) => row.at },
      {
        title: text("prune.fate"),
        cell: (row) => pill(row.goes ? "warn" : "ok", text(row.goes ? "prune.goes" : "prune.stays")),
      },
      { title: text("why"), cell: (row) => row.why },
    ],
    whenEmpty: () => empty(text("prune.none")),
  });
  table.show(plan.images);
  const destructive = "jenkins-button jenkins-!-destructive-color";
  return [
    table.element,
    count(plan) > 0 &&
      h("button", { type: "button", class: destructive, onclick: ask }, text("prune.delete", count(plan))),
  ];
}

function field(key: string, value: string, type: string): { element: HTMLElement; input: HTMLInputElement } {
  const input = h("input", { class: "jenkins-input", type, value });
  return { element: h("label", {}, text(key), input), input };
}
