import { confirm, curlPost, h, postJson, stepCall, text, toast, type Page } from "@shera/kit";
import type { Cluster, Route } from "./model";

/** Where requests for a route come, plain and over TLS, by each of its names. */
export function addresses(route: Route): string[] {
  const aliases = String(route.routeRules?.aliases ?? "");
  const hosts = [route.host, ...aliases.split(/[\s,]+/).filter((one) => one !== "")];
  const at = (scheme: string, host: string, port: number, usual: number) =>
    `${scheme}://${host}${port === usual ? "" : `:${port}`}${route.path}`;
  return hosts.flatMap((host) => [
    at("http", host, route.port, 80),
    ...(route.tls ? [at("https", host, route.tls.port, 443)] : []),
  ]);
}

/** Who has the requests of a route once it is gone: the longest path of its host and port that begins theirs. */
export function heir(route: Route, routes: readonly Route[]): Route | undefined {
  return routes
    .filter((one) => one.host === route.host && one.port === route.port)
    .filter((one) => one.path !== route.path && route.path.startsWith(one.path))
    .sort((one, other) => other.path.length - one.path.length)[0];
}

/** Takes a route away once a person has read what stops; nothing where the caller may not. */
export function removeButton(
  page: Page,
  cluster: Cluster,
  route: Route,
  routes: readonly Route[],
  changed: () => Promise<void>,
): HTMLElement | false {
  if (!cluster.mayRule || route.tenant !== cluster.tenant) return false;
  const named = route.host + route.path;
  const body = { nginx: cluster.cluster, host: route.host, path: route.path, port: route.port };
  const next = heir(route, routes);
  const ask = () =>
    void confirm({
      title: text("route.remove.title", named, cluster.cluster),
      consequences: [
        text("route.remove.stops", addresses(route).join(", "), `${route.application} (${route.environment})`),
        next
          ? text("route.remove.then", `${next.application} (${next.environment})`, next.path)
          : text("route.remove.nobody"),
        ...(route.percent > 0 || route.rules > 0
          ? [text("route.remove.canary", route.percent, route.canary.map((one) => one.address).join(", "))]
          : []),
        text("route.remove.with"),
        text("route.remove.tested"),
      ],
      verb: text("route.remove"),
      destructive: true,
      byHand: () => ({
        jenkinsfile: stepCall("removeRoute", body),
        curl: curlPost(`${page.url}/removeRoute`, body),
      }),
      act: async () => {
        const said = await postJson<{ url: string }>(`${page.url}/removeRoute`, body);
        toast(text("route.removed", said.url));
        await changed();
      },
    });
  return h(
    "button",
    {
      type: "button",
      class: "jenkins-button jenkins-button--tertiary jenkins-!-destructive-color",
      "aria-label": `${text("route.remove")}: ${named}`,
      onclick: ask,
    },
    text("route.remove"),
  );
}
