import { card, confirm, curlPost, diffView, empty, fill, h, postJson, text, toast, type Page } from "@shera/kit";
import { pieces, sides, textOf, type Cluster, type Side } from "./model";

/** The configuration as text, or any two states of it side by side. */
export function configCard(page: Page, cluster: Cluster, done: () => Promise<void>): HTMLElement {
  const all = sides(cluster);
  const first = all[0];
  if (!first) return card(text("config"), [empty(text("noConfig"), text("noConfig.why"))]);
  const shown = select(all.map((side) => [side.id, named(side)]));
  const against = select([["", text("against.none")], ...all.map((side): [string, string] => [side.id, named(side)])]);
  const names = [...new Set(all.flatMap((side) => Object.keys(side.files)))].sort();
  const file = select([["", text("file.all")], ...names.map((name): [string, string] => [name, name])]);
  const output = h("div", {});
  const draw = () => {
    const side = all.find((one) => one.id === shown.value) ?? first;
    const other = all.find((one) => one.id === against.value);
    fill(
      output,
      cluster.canOverwrite && side.kind === "earlier" && restoreButton(page, cluster, side, done),
      other
        ? diffView(textOf(other, file.value, side), textOf(side, file.value, other))
        : code(textOf(side, file.value)),
    );
  };
  for (const one of [shown, against, file]) one.addEventListener("change", draw);
  const drifted = cluster.nodes.find((node) => node.drifted && node.found);
  if (drifted) {
    shown.value = all.find((one) => one.node === drifted.name && one.kind === "found")?.id ?? first.id;
    against.value = all.find((one) => one.node === drifted.name && one.kind === "intended")?.id ?? "";
  }
  draw();
  return card(text("config"), [
    h("div", { class: "shera-ng__bar" }, field("shown", shown), field("against", against), field("file", file)),
    output,
  ]);
}

/** Puts the routes of an earlier generation back everywhere. */
function restoreButton(page: Page, cluster: Cluster, side: Side, done: () => Promise<void>): HTMLElement {
  const body = { nginx: cluster.cluster, node: side.node, generation: side.generation };
  const now = cluster.nodes.find((node) => node.name === side.node)?.intended ?? {};
  const ask = () =>
    void confirm({
      title: text("earlier.restore.ask", side.generation, side.node, cluster.cluster),
      consequences: [text("earlier.restore.all"), text("adopt.tested")],
      detail: diffView(now["routes.conf"] ?? "", side.files["routes.conf"] ?? ""),
      verb: text("earlier.restore"),
      destructive: false,
      byHand: () => ({ curl: curlPost(`${page.url}/restoreRoutes`, body) }),
      act: async () => {
        await postJson(`${page.url}/restoreRoutes`, body);
        toast(text("earlier.restored"));
        await done();
      },
    });
  return h(
    "div",
    { class: "shera-ng__bar" },
    h("button", { type: "button", class: "jenkins-button", onclick: ask }, text("earlier.restore")),
  );
}

function named(side: Side): string {
  return text(`side.${side.kind}`, side.node, side.generation);
}

function code(content: string): HTMLElement {
  return h(
    "pre",
    { class: "shera-code shera-ng__code", tabindex: 0 },
    ...pieces(content).map((piece) =>
      piece.kind === "plain" ? piece.text : h("span", { class: `shera-ng__${piece.kind}` }, piece.text),
    ),
  );
}

function select(choices: readonly (readonly [string, string])[]): HTMLSelectElement {
  return h(
    "select",
    { class: "jenkins-select__input" },
    ...choices.map(([value, label]) => h("option", { value }, label)),
  );
}

function field(label: string, input: HTMLElement): HTMLElement {
  return h("label", {}, text(label), h("div", { class: "jenkins-select" }, input));
}
