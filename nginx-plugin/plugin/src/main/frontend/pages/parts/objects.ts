import { card, empty, h, pill, remark, Table, text } from "@shera/kit";
import { fate, reasons, type Cluster, type KubeObject, type Watched } from "./model";

const LEVEL = { served: "ok", partly: "warn", refused: "bad" } as const;

/** The Ingress and HTTPRoute objects that the nodes look at: what is served of each, and what is not and why. */
export function objectsCard(cluster: Cluster, watched: Watched): HTMLElement {
  const table = new Table<KubeObject>({
    label: text("objects"),
    key: (row) => row.name,
    columns: [
      {
        title: text("objects.object"),
        cell: (row) => h("div", {}, h("b", {}, row.kind), " ", h("code", {}, row.object)),
        value: (row) => row.name,
      },
      { title: text("objects.cluster"), cell: (row) => row.cluster },
      ...(cluster.whole ? [{ title: text("objects.tenant"), cell: (row: KubeObject) => row.tenant }] : []),
      { title: text("objects.hosts"), cell: hosts },
      { title: text("state"), cell: (row) => state(row, cluster), value: fate },
    ],
    whenEmpty: () => empty(text("objects.none"), text("objects.none.why")),
  });
  table.show([...watched.objects]);
  return card(text("objects"), [
    h("p", { class: "shera-muted" }, ...setting(watched)),
    ...watched.unwatched.map((line) => remark("warning", line)),
    table.element,
  ]);
}

function setting(watched: Watched): string[] {
  const parts = [
    watched.classes && text("objects.classes", watched.classes),
    watched.gateways && text("objects.gateways", watched.gateways),
    text("objects.namespaces", watched.namespaces.join(", ") || "–"),
    text(watched.pods ? "objects.pods" : "objects.services"),
  ];
  return [parts.filter((part) => part !== "").join(" · ")];
}

function hosts(row: KubeObject): HTMLElement | string {
  const all = [...new Set(row.nodes.flatMap((one) => one.hosts))];
  return all.length === 0 ? "–" : h("div", {}, ...all.map((host) => h("div", {}, h("code", {}, host))));
}

function state(row: KubeObject, cluster: Cluster): HTMLElement {
  const now = fate(row);
  const everywhere = (cluster.daemons ?? []).length;
  const why = reasons(row).map(([reason, nodes]) =>
    h("li", {}, nodes.length < everywhere ? `${nodes.join(", ")}: ${reason}` : reason),
  );
  return h(
    "div",
    {},
    pill(LEVEL[now], text(`objects.${now}`)),
    why.length > 0 && h("p", { class: "shera-muted" }, text("kubeng.said")),
    why.length > 0 && h("ul", { class: "shera-ng__changes" }, ...why),
  );
}
