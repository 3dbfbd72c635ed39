import { card, fill, getJson, h, loading, problemNotice, shareBar, text, type Unit } from "@shera/kit";
import type { Resource, Use } from "./model";

const UNITS: Readonly<Record<Resource, Unit>> = { cpu: "cpu", memory: "bytes", pods: "count", storage: "bytes" };
const RESOURCES = Object.keys(UNITS) as Resource[];

/** Asked, used and allowed of a tenant, read from its clusters once the page stands. */
export function quotaCard(tenantUrl: string): HTMLElement {
  const place = h("div", { class: "shera-quota" }, loading(3));
  void getJson<Use>(`${tenantUrl}/use/api/json`).then(
    (use) => fill(place, use.namespaces.length > 0 ? bars(use.total) : nothing(), ...unreachable(use)),
    (thrown: unknown) => fill(place, problemNotice(thrown)),
  );
  return card(text("quota"), [place]);
}

function nothing(): HTMLElement {
  return h("span", { class: "shera-muted" }, text("quota.none"));
}

function bars(total: Use["total"]): HTMLElement {
  const drawn = RESOURCES.map((resource) => {
    const figures = total[resource];
    return figures ? shareBar(text(`resource.${resource}`), figures, UNITS[resource]) : null;
  });
  return h("div", { class: "shera-quarters" }, ...drawn);
}

function unreachable(use: Use): HTMLElement[] {
  return use.namespaces
    .filter((one) => one.error)
    .map((one) =>
      h(
        "div",
        { class: "jenkins-alert jenkins-alert-warning", role: "status" },
        h("code", {}, `${one.cluster}/${one.namespace}`),
        ` ${one.error}`,
      ),
    );
}
