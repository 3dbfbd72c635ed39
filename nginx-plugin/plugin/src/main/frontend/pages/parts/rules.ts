import { curlPost, fill, Form, h, pill, postJson, stepCall, text, toast, type Field, type Page } from "@shera/kit";
import { toldRules, type Cluster, type Route } from "./model";

const LINES = ["requestHeaders", "responseHeaders", "redirects"] as const;
const TEXTS = ["allow", "deny", "users", "realm", "aliases", "maxBody", "maxRate", "balance", "stickyCookie"] as const;
const NUMBERS = [
  "requestsPerSecond",
  "burst",
  "connections",
  "connectTimeout",
  "readTimeout",
  "sendTimeout",
  "maxFails",
  "failTimeout",
] as const;
const PLACEHOLDERS: Readonly<Record<string, string>> = {
  requestHeaders: "X-Team: shop",
  responseHeaders: "X-Frame-Options: DENY",
  redirects: "/old /new 301",
  allow: "10.0.0.0/8 fd00::/8",
  aliases: "www.shop.example.com",
  maxBody: "20m",
  maxRate: "500k",
  balance: "least_conn",
  stickyCookie: "SRV",
};

/** What a route does beside passing requests on, as one mark. */
export function rulesMark(route: Route): HTMLElement | false {
  const told = toldRules(route);
  return told.length > 0 && pill("info", text("rules.some"), told.map((name) => text(`rules.${name}`)).join(", "));
}

/** Opens the form for the rules of a route in that place; nothing where the caller may not. */
export function rulesButton(
  page: Page,
  cluster: Cluster,
  route: Route,
  place: HTMLElement,
  changed: () => Promise<void>,
): HTMLElement | false {
  if (!cluster.mayRule || route.tenant !== cluster.tenant) return false;
  return h(
    "button",
    {
      type: "button",
      class: "jenkins-button jenkins-button--tertiary",
      "aria-label": text("rules.title", route.host + route.path),
      onclick: () => open(page, cluster, route, place, changed),
    },
    text("rules.edit"),
  );
}

function open(page: Page, cluster: Cluster, route: Route, place: HTMLElement, changed: () => Promise<void>): void {
  const field =
    (kind: Field["kind"]) =>
    (name: string): Field => ({
      name,
      label: text(`rules.${name}`),
      kind,
      ...(PLACEHOLDERS[name] === undefined ? {} : { placeholder: PLACEHOLDERS[name] }),
    });
  const whose = { nginx: cluster.cluster, application: route.application, environment: route.environment };
  const form = new Form({
    label: text("rules.title", route.host + route.path),
    fields: [
      ...LINES.slice(0, 2).map(field("longtext")),
      ...NUMBERS.map(field("text")),
      ...TEXTS.map(field("text")),
      ...LINES.slice(2).map(field("longtext")),
      field("switch")("wholeHost"),
    ],
    values: Object.fromEntries(
      Object.entries(route.routeRules ?? {}).map(([name, value]) => [name, value === 0 ? "" : value]),
    ),
    verb: text("rules.save"),
    send: async (body) => {
      await postJson(`${page.url}/rules`, { ...whose, ...body });
      toast(text("rules.kept"));
      await changed();
    },
    cancel: () => fill(place),
    byHand: (body) => ({
      jenkinsfile: stepCall("publishRoute", {
        application: route.application,
        environment: route.environment,
        host: route.host,
        nginx: cluster.cluster,
        rules: given(body),
      }),
      curl: curlPost(`${page.url}/rules`, { ...whose, ...given(body) }),
    }),
  });
  fill(place, h("h3", { class: "shera-ng__node" }, text("rules.title", route.host + route.path)), form.element);
  form.focus();
}

/** What was answered, numbers as numbers. */
function given(body: Record<string, unknown>): Record<string, string | number | boolean> {
  const numbers: readonly string[] = NUMBERS;
  return Object.fromEntries(
    Object.entries(body)
      .filter(([, value]) => value !== "" && value !== false && value !== null)
      .map(([name, value]) => [name, numbers.includes(name) ? Number(value) : value === true || String(value)]),
  );
}
