import { card, confirm, curlPost, h, postJson, stepCall, text, toast, type Page } from "@shera/kit";
import { rows, type Cluster, type ClusterNode } from "./model";

/** What is generated, what was pushed and what lies on a node, beside each other: each node that drifted, or one for all. */
export function threeWayCards(cluster: Cluster): HTMLElement[] {
  const differ = cluster.nodes.filter((node) => (node.threeWays ?? []).length > 0);
  const drifted = differ.filter((node) => node.drifted);
  return (drifted.length > 0 ? drifted : differ.slice(0, 1)).map(threeWays);
}

function threeWays(node: ClusterNode): HTMLElement {
  const column = (lines: readonly string[], kind: string) => h("td", { class: kind }, h("pre", {}, lines.join("\n")));
  const body = rows(node.threeWays ?? []).map((row) => {
    if ("skipped" in row) {
      return h("tr", {}, h("td", { colspan: 3, class: "shera-ng__skipped" }, text("threeWays.skipped", row.skipped)));
    }
    const made = row.who === "MADE" || row.who === "CONFLICT" || row.who === "BOTH";
    const hand = row.who === "HAND" || row.who === "CONFLICT" || row.who === "BOTH";
    return h(
      "tr",
      {},
      column(row.generated, ""),
      column(row.pushed, made ? "shera-ng__other" : ""),
      column(row.node, hand ? "shera-ng__edited" : ""),
    );
  });
  return card(`${text("threeWays")}: ${node.name}`, [
    h("p", { class: "shera-muted" }, text("threeWays.why")),
    h(
      "div",
      { class: "shera-ng__ways", tabindex: 0, role: "region", "aria-label": `${text("threeWays")}: ${node.name}` },
      h(
        "table",
        {},
        h(
          "thead",
          {},
          h("tr", {}, ...["generated", "pushed", "onNode"].map((key) => h("th", { scope: "col" }, text(key)))),
        ),
        h("tbody", {}, ...body),
      ),
    ),
  ]);
}

/** Makes the edits of a node what is intended on all; nothing for who may not, and where nothing was edited. */
export function adoptButton(
  page: Page,
  cluster: Cluster,
  node: ClusterNode,
  done: () => Promise<void>,
): HTMLElement | false {
  const edited = (node.changes ?? []).some((change) => /^(routes\.conf|site\/)/.test(change));
  if (!cluster.canOverwrite || !edited) return false;
  const body = { nginx: cluster.cluster, node: node.name };
  const ask = () =>
    void confirm({
      title: text("adopt.title", node.name, cluster.cluster),
      consequences: [text("adopt.stays"), text("adopt.tested")],
      verb: text("adopt"),
      destructive: false,
      byHand: () => ({
        jenkinsfile: stepCall("checkDrift", { nginx: cluster.cluster, adopt: node.name }),
        curl: curlPost(`${page.url}/adopt`, body),
      }),
      act: async () => {
        await postJson(`${page.url}/adopt`, body);
        toast(text("adopt.done"));
        await done();
      },
    });
  return h("button", { type: "button", class: "jenkins-button", onclick: ask }, text("adopt"));
}

/** Takes adopted edits away again. */
export function releaseButton(page: Page, cluster: string, done: () => Promise<void>): HTMLElement {
  const body = { nginx: cluster };
  const ask = () =>
    void confirm({
      title: text("adopt.release.title", cluster),
      consequences: [text("adopt.release.lost"), text("adopt.tested")],
      verb: text("adopt.release"),
      destructive: true,
      byHand: () => ({ curl: curlPost(`${page.url}/release`, body) }),
      act: async () => {
        await postJson(`${page.url}/release`, body);
        toast(text("adopt.released"));
        await done();
      },
    });
  return h("button", { type: "button", class: "jenkins-button", onclick: ask }, text("adopt.release"));
}
