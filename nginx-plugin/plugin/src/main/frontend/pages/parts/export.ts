import { fill, getJson, h, problemNotice, text, type Page } from "@shera/kit";
import type { Cluster, Route } from "./model";

/** Gives a route as an HTTPRoute of the Gateway API, in that place; nothing where it is not the tenant's own, or nodes ask themselves. */
export function exportButton(page: Page, cluster: Cluster, route: Route, place: HTMLElement): HTMLElement | false {
  if (cluster.daemons || route.tenant !== cluster.tenant) return false;
  const open = () => {
    const gateway = h("input", { class: "jenkins-input", "aria-label": text("export.gateway") });
    gateway.placeholder = "infra/edge";
    const said = h("div", { "aria-live": "polite" });
    const write = async () => {
      const query = new URLSearchParams({
        cluster: cluster.cluster,
        application: route.application,
        environment: route.environment,
        gateway: gateway.value.trim(),
      });
      const address = `${page.url}/httpRoute?${query.toString()}`;
      try {
        const answer = await fetch(address);
        // What is refused comes as JSON, which says why.
        if (!answer.ok) await getJson(address);
        const yaml = await answer.text();
        fill(
          said,
          h("a", { class: "shera-ng__link", href: address, download: "httproute.yaml" }, text("download")),
          h("pre", { class: "shera-ng__code", tabindex: "0" }, yaml),
        );
      } catch (thrown) {
        fill(said, problemNotice(thrown));
      }
    };
    fill(
      place,
      h(
        "div",
        { class: "shera-stack" },
        h("p", { class: "shera-muted" }, text("export.why", `${route.host}${route.path}`)),
        h(
          "div",
          { class: "shera-row" },
          gateway,
          h("button", { type: "button", class: "jenkins-button", onclick: () => void write() }, text("export.verb")),
        ),
        said,
      ),
    );
    gateway.focus();
  };
  return h(
    "button",
    {
      type: "button",
      class: "jenkins-button jenkins-button--tertiary",
      "aria-label": `HTTPRoute: ${route.host}${route.path}`,
      onclick: open,
    },
    "HTTPRoute",
  );
}
